import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Finding, parseReleases, PavedError, type Releases } from "@paved/model";
import { select, writeAtomically } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved deploy` */
export const deployCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const service = context.arguments[0]!;
  const { environment, digest } = said(context);
  const { index } = await fleetAtHand(context);
  const [stack] = select(index, index.stacks, { environments: [environment], services: [service] });
  if (stack?.release === undefined || stack.release === "unneeded") throw withoutImage(service);
  const file = `environments/${environment}/releases.json`;
  const full = path.join(workspace.root, file);
  const before = existsSync(full) ? parseReleases(contentOf(full), file) : {};
  const after: Releases = { ...before, [service]: digest };
  parseReleases(after, file);
  const changed = before[service] !== digest;
  if (changed) writeAtomically(full, `${JSON.stringify(sorted(after), null, 2)}\n`);
  const report = { service, environment, digest, before: before[service] ?? null, written: changed ? [file] : [] };
  if (options["json"] === true) terminal.out(JSON.stringify(report, null, 2));
  else {
    terminal.out(`${service} in ${environment}: ${changed ? `${before[service] ?? "nothing"} -> ${digest}` : digest}`);
    terminal.out(changed ? `wrote ${file}: commit it, and have it merged` : "as it was released before");
  }
  return EXIT_CODES.ok.code;
};

function said({ options }: CommandContext): { readonly environment: string; readonly digest: string } {
  const { env: environment, digest } = options;
  const findings: Finding[] = [];
  if (typeof environment !== "string")
    findings.push(missing("--env", "an environment", "say which, for example --env dev"));
  if (typeof digest !== "string" || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    const got = typeof digest === "string" ? JSON.stringify(digest) : "nothing";
    const fix = "copy it from the registry, or from what pushed the image; a tag is not enough";
    findings.push({ ...missing("--digest", "sha256: and 64 hexadecimal digits", fix), got });
  }
  if (findings.length > 0) throw new PavedError(findings);
  return { environment: environment as string, digest: digest as string };
}

/** What a file of JSON says; text when it is none, which is refused like anything else that has no digests. */
function contentOf(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function missing(where: string, want: string, fix: string): Finding {
  return { code: "PVD4003", where, got: "nothing", want, fix };
}

function withoutImage(got: string): PavedError {
  const want = "a service that runs an image";
  return new PavedError({
    code: "PVD4001",
    where: "<service>",
    got,
    want,
    fix: "a site is brought to its bucket instead",
  });
}

function sorted(releases: Releases): Releases {
  return Object.fromEntries(Object.entries(releases).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
