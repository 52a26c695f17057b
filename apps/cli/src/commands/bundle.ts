import path from "node:path";
import { type BundleEvidence, type Finding, Findings, PavedError } from "@paved/model";
import {
  applyBundle,
  approvalsNeeded,
  approve,
  approversOf,
  type Bundle,
  BundleDirectory,
  gitHubApprovers,
  gitHubAuthors,
  gitHubRun,
  isAuthor,
  lastApplied,
  planBundle,
  type RunResult,
  withAccess,
} from "@paved/pipeline";
import { dayOf } from "./deviations";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { placeOf } from "./place";
import { askBefore, exitCodeOf, parseConcurrency, planSettingsOf, printResult, withEngine } from "./run-with-engine";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { quantity } from "../terminal/quantity";

/**
 * The directory that `--bundle` names, if it is given.
 * @param only options that mean nothing without it
 * @param never options that mean nothing with it: what is applied is in the bundle
 * @throws PavedError PVD4003 for options that do not go together, all at once
 */
export function bundleAsked(
  options: OptionValues,
  only: readonly string[],
  never: readonly string[] = [],
): BundleDirectory | undefined {
  const given = options["bundle"];
  const wrong = (given === undefined ? only : never).filter((name) => options[name] !== undefined);
  if (wrong.length > 0) throw new PavedError(wrong.map((name) => notTogether(name, given !== undefined)));
  return given === undefined ? undefined : directoryAt(String(given));
}

/** `paved plan --bundle` */
export async function planToBundle(context: CommandContext, directory: BundleDirectory): Promise<number> {
  const { options, terminal } = context;
  const wrong = new Findings();
  const concurrency = wrong.collect(() => parseConcurrency(options))!;
  const today = wrong.collect(() => dayOf(options))!;
  wrong.collect(() => notBoth(options, "base", "baseFromGithub"));
  const { mode, workspace } = placeOf(context);
  const fleet = await fleetAtHand(context);
  const stacks = wrong.collect(() => chosenStacks(fleet, options))!;
  wrong.throwIfAny();
  const base = await baseAsked(context);
  const asked = { directory, base, policy: { today }, day: textOf(options["today"]) };
  const { result, bundle } = await withEngine(context, { workspace, stacks }, (shared) =>
    withAccess({ ...shared, mode, stacks: fleet.stacks }, (access) =>
      planBundle({
        ...shared,
        ...access,
        ...asked,
        mode,
        fleet,
        stacks,
        concurrency,
        planSettings: planSettingsOf(options),
      }),
    ),
  );
  if (bundle === undefined) {
    printResult(context, result);
    return exitCodeOf(result, options);
  }
  // Whom a stack waits for is in the bundle: here it is no error.
  const planned = { ...result, stacks: result.stacks.map((stack) => ({ ...stack, findings: [] })) };
  printResult(context, planned, { bundle: directory.path, hash: bundle.hash, evidence: bundle.evidence });
  if (options["json"] !== true) for (const line of bundleLines(bundle, result)) terminal.out(line);
  return exitCodeOf(result, options);
}

/** `paved apply --bundle` */
export async function applyFromBundle(context: CommandContext, directory: BundleDirectory): Promise<number> {
  const { options } = context;
  const wrong = new Findings();
  const concurrency = wrong.collect(() => parseConcurrency(options))!;
  const today = wrong.collect(() => dayOf(options))!;
  const bundle = wrong.collect(() => directory.read())!;
  wrong.throwIfAny();
  const { mode, workspace } = placeOf(context);
  const fleet = await fleetAtHand(context);
  const names = new Set(bundle.evidence.stacks.map(({ name }) => name));
  const stacks = fleet.stacks.filter(({ name }) => names.has(name));
  await askBefore(context, "apply", mode, stacks);
  const result = await withEngine(context, { workspace, stacks }, (shared) =>
    withAccess({ ...shared, mode, stacks: fleet.stacks }, (access) =>
      applyBundle({ ...shared, ...access, directory, policy: { today }, mode, fleet, concurrency }),
    ),
  );
  printResult(context, result, { bundle: directory.path, hash: bundle.hash });
  return exitCodeOf(result, options);
}

/** `paved approve` */
export const approveCommand: CommandRun = async ({ arguments: [given = ""], options, terminal }) => {
  const directory = directoryAt(given);
  const names = await approversAsked(options, directory);
  for (const name of names) approve(directory, name);
  const bundle = directory.read();
  const by = approversOf(bundle);
  const needed = approvalsNeeded(bundle.evidence.approvals);
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ evidence: bundle.hash, by: names, approvedBy: by, needed }, null, 2));
  } else {
    const count = needed === 0 ? "none needed" : `${by.length} of ${needed} needed`;
    const who = names.length === 0 ? "nobody approves" : `${names.join(", ")} approves`;
    terminal.out(`${who} ${given}, ${bundle.hash.slice(0, 12)}: ${count}`);
  }
  return EXIT_CODES.ok.code;
};

/** What `--base` names, or GitHub. @throws PavedError PVD5018 */
async function baseAsked({ options, terminal }: CommandContext): Promise<string | undefined> {
  if (options["baseFromGithub"] !== true) return textOf(options["base"]);
  const applied = await lastApplied(gitHubRun(process.env));
  if (applied === undefined)
    terminal.err("note: this workflow has applied nothing yet, so only the last commit's authors count");
  return applied;
}

/** Whom `--by` names, or GitHub: what it says of an author does not count, and stops nobody else. @throws PavedError PVD4003 unless it is one of the two, PVD5018 */
async function approversAsked(options: OptionValues, directory: BundleDirectory): Promise<readonly string[]> {
  notBoth(options, "by", "fromGithub");
  if (options["fromGithub"] !== true) return [textOf(options["by"]) ?? ""];
  const { evidence } = directory.read();
  const run = gitHubRun(process.env);
  const asking = Object.entries(evidence.approvals).filter(([, needed]) => needed > 0);
  const approvers = await gitHubApprovers(
    run,
    asking.map(([environment]) => environment),
  );
  const { id, brought } = evidence.commit;
  const authors = new Set(approvers.length === 0 ? [] : await gitHubAuthors(run, [id, ...brought]));
  return approvers.filter((login) => !authors.has(login) && !isAuthor(evidence, login));
}

/** @throws PavedError PVD4003 when both options are given */
function notBoth(options: OptionValues, one: string, other: string): void {
  if (options[one] === undefined || options[other] === undefined) return;
  const [where, got, fix] = [flagOf(one), `both ${flagOf(one)} and ${flagOf(other)}`, "leave one of them out"];
  throw new PavedError({ code: "PVD4003", where, got, want: "one of them", fix });
}

/** An option as it is written on the command line: `--base-from-github`. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function directoryAt(given: string): BundleDirectory {
  return new BundleDirectory(path.resolve(given), given);
}

function textOf(value: OptionValues[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function notTogether(name: string, isWithBundle: boolean): Finding {
  const flag = flagOf(name);
  const got = `${flag} ${isWithBundle ? "with" : "without"} --bundle`;
  const fix = isWithBundle ? `leave ${flag} out: the bundle says what is applied` : "add --bundle, or leave it out";
  return { code: "PVD4003", where: flag, got, want: "options that go together", fix };
}

/** What a person has to know of a bundle before it is approved, beside what its plans do. */
function bundleLines({ directory, evidence, hash }: Bundle, result: RunResult): readonly string[] {
  const { stacks, approvals, commit } = evidence;
  const names = new Set(stacks.map(({ name }) => name));
  const left = result.stacks.filter(({ name }) => !names.has(name));
  const planned = stacks.filter(({ status }) => status === "planned").length;
  const needed = approvalsNeeded(approvals);
  const named = directory.named(directory.path);
  return [
    `wrote ${named}: ${quantity(planned, "plan")}, encrypted; evidence ${hash.slice(0, 12)}`,
    ...lossLines(evidence),
    ...stacks
      .filter(({ status }) => status === "waits")
      .map(({ name, waitsFor }) => `${name} is planned after ${waitsFor.join(", ")}, and may only create then`),
    ...left.map(
      ({ name, waitsFor }) => `${name} is for the next bundle: ${waitsFor.join(", ")} takes over from it first`,
    ),
    ...(commit.clean ? [] : ["note: not all of it is committed, so it is for the sandbox alone"]),
    needed === 0 ? "needs no approval" : `needs ${quantity(needed, "approval")}: paved approve ${named} --by <name>`,
  ];
}

function lossLines({ stacks }: BundleEvidence): readonly string[] {
  return stacks.flatMap(({ name, plan }) =>
    (plan?.losses ?? []).map(({ address, action, loses }) => `${name} ${address}: ${action}, and with it ${loses}`),
  );
}
