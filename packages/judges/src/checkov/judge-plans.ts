import path from "node:path";
import { pythonRoom } from "@paved/python";
import type { Check } from "./report";
import { count, missingFrom, runCheckov } from "./run-checkov";
import { Bench, type BenchOptions } from "../bench";
import { type Judgement, notWhole, type PlacedComplaint } from "../judgement";
import { twoAtATime } from "../two-at-a-time";

/** One stack's plan: what `tofu show -json` says of it. */
export interface PlanFile {
  readonly stack: string;
  readonly environment: string;
  /** Path of the file; the files of one environment are in one folder. */
  readonly file: string;
}

const JUDGE = "checkov plan";

/**
 * Lets checkov judge plans. One process an environment, since its start costs more than its work; that all of an
 * environment's plans in one process are judged as each by itself was measured, so no stack's resources hide another's.
 * @throws PavedError PVD2014 when checkov cannot be installed, or breaks down
 */
export async function judgePlans(plans: readonly PlanFile[], options: BenchOptions): Promise<Judgement> {
  const bench = new Bench(options);
  const environments = [...new Set(plans.map(({ environment }) => environment))];
  const { versions } = await pythonRoom(bench.room);
  const parts = await twoAtATime(environments, async (environment) => {
    const own = plans.filter((plan) => plan.environment === environment);
    return { environment, ...(await judgeEnvironment(bench, environment, own)) };
  });
  const nothing = parts.length === 0 ? [notWhole(JUDGE, "all", "no plan", "a plan of every stack")] : [];
  return {
    judge: JUDGE,
    version: `checkov ${versions["checkov"]}`,
    environments: Object.fromEntries(parts.map(({ environment, counts }) => [environment, counts])),
    complaints: parts.flatMap(({ complaints }) => complaints),
    findings: [...nothing, ...parts.flatMap(({ findings }) => findings)],
  };
}

async function judgeEnvironment(bench: Bench, environment: string, plans: readonly PlanFile[]) {
  const directory = path.resolve(path.dirname(plans[0]!.file));
  const files = plans.map(({ file }) => path.relative(directory, path.resolve(file)));
  const report = await runCheckov(bench, { framework: "terraform_plan", directory, input: { files } });
  const stacks = new Map(plans.map(({ stack }, index) => [files[index], stack]));
  const complaints = report.failed.map((check) =>
    toComplaint(check, environment, stacks.get(check.file) ?? check.file),
  );
  return { counts: count(report), complaints, findings: missingFrom(report, JUDGE, environment, files) };
}

function toComplaint({ rule, title, resource }: Check, environment: string, where: string): PlacedComplaint {
  const kind = resource.split(".").find((part) => part !== "module" && part !== "data") ?? resource;
  return { judge: JUDGE, rule, title, kind, subject: resource, environment, where };
}
