import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { lastWords, type ProcessEnd, pythonRoom, runProcess } from "@paved/python";
import { Bench, type BenchOptions, cannotJudge } from "../bench";
import { actionlint } from "./actionlint";

/** Something that is wrong with a workflow. */
export interface WorkflowFault {
  readonly judge: "actionlint" | "zizmor";
  /** Rule, for example `unpinned-uses`. */
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * Lets actionlint and zizmor judge the workflows of a folder. Both see the files and nothing else: no network, no
 * settings of the user, no shellcheck that happens to be installed.
 * @param directory for example `.github/workflows`; beside it `actionlint.yaml` names runners of our own
 * @throws PavedError PVD2014 when one of them cannot be installed, breaks down, or there is nothing to judge
 */
export async function judgeWorkflows(directory: string, options: BenchOptions): Promise<readonly WorkflowFault[]> {
  const bench = new Bench(options);
  const files = readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted();
  if (files.length === 0) throw cannotJudge(directory, "no workflow", "workflows to judge", "name their folder");
  return [...(await byActionlint(bench, directory, files)), ...(await byZizmor(bench, directory, files))];
}

interface RawLint {
  readonly message: string;
  readonly filepath: string;
  readonly line: number;
  readonly kind: string;
}

async function byActionlint(bench: Bench, directory: string, files: readonly string[]): Promise<WorkflowFault[]> {
  const alone = ["-no-color", "-shellcheck=", "-pyflakes=", "-format", "{{json .}}"];
  // Says which runners there are.
  const settings = path.join(path.dirname(path.resolve(directory)), "actionlint.yaml");
  if (existsSync(settings)) alone.push("-config-file", settings);
  const program = await actionlint(bench);
  const end = await runProcess({ program, arguments: [...alone, ...files], directory, environment: bench.judging });
  return answer<readonly RawLint[]>(end, "actionlint", [0, 1]).map(({ kind, filepath, line, message }) => ({
    judge: "actionlint",
    rule: kind,
    file: path.basename(filepath),
    line,
    message,
  }));
}

interface RawAudit {
  readonly ident: string;
  readonly desc: string;
  readonly locations: readonly {
    readonly symbolic: { readonly key: { readonly Local?: { readonly verbatim_path: string } } };
    readonly concrete: { readonly location: { readonly start_point: { readonly row: number } } };
  }[];
}

async function byZizmor(bench: Bench, directory: string, files: readonly string[]): Promise<WorkflowFault[]> {
  const { python } = await pythonRoom(bench.room);
  const end = await runProcess({
    program: path.join(path.dirname(python), "zizmor"),
    arguments: ["--offline", "--no-config", "--no-progress", "--persona=pedantic", "--format=json", ...files],
    directory,
    environment: bench.judging,
  });
  // From 11 on it ended well, and the code says how severe the worst of what it found is.
  return answer<readonly RawAudit[]>(end, "zizmor", [0, 11, 12, 13, 14]).map(({ ident, desc, locations }) => ({
    judge: "zizmor",
    rule: ident,
    file: path.basename(locations[0]?.symbolic.key.Local?.verbatim_path ?? ""),
    line: (locations[0]?.concrete.location.start_point.row ?? 0) + 1,
    message: desc,
  }));
}

function answer<T>(end: ProcessEnd, judge: string, codes: readonly (number | string)[]): T {
  if (codes.includes(end.code)) return JSON.parse(end.stdout) as T;
  const fix = "remove .paved/judges, then run the command again";
  throw cannotJudge(judge, `it ended with ${end.code}: ${lastWords(end)}`, "a judgement", fix);
}
