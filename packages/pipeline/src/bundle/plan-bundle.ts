import { type BundledStack, type BundleEvidence, PavedError } from "@paved/model";
import { approvalsIn } from "./approvals";
import type { Bundle, BundleDirectory } from "./bundle-directory";
import { planIntoBundle, type PlannedStacks, waitingStack } from "./bundled-stack";
import { withOvertaken } from "./overtaken";
import { chooseEncryption, planEncryption } from "./plan-encryption";
import { judgeForApply, type PolicyOptions } from "./policy";
import { baseOf, commitToBundle } from "./provenance";
import { consentFindings } from "../losses/consent";
import { isRunOk, type RunResult, type StackResult } from "../run/result";
import { engineContextOf, run, type RunOptions } from "../run/run";
import { StackEngine } from "../tofu/stack-engine";

/** What a bundle is made of. */
export interface PlanBundleOptions extends Omit<
  RunOptions,
  "command" | "today" | "work" | "alsoAfter" | "planEncryption" | "isHandOverPlanned"
> {
  readonly directory: BundleDirectory;
  /** Revision that the change goes onto. @default - it is what stands there */
  readonly base?: string;
  /** What the fleet is judged by, and when. */
  readonly policy: PolicyOptions;
  /** Day to write down as the one that was judged by. @default - none: the same plan has the same evidence on every day */
  readonly day?: string;
  /** Where the passphrase is looked for. @default - that of this process */
  readonly environment?: NodeJS.ProcessEnv;
}

/** What came of it. */
export interface PlannedBundle {
  readonly result: RunResult;
  /** @default - a stack could not be planned, or may not be applied: there is none */
  readonly bundle?: Bundle;
}

/**
 * Plans stacks and keeps the plans, encrypted, with what they were made on. Nothing is changed but the directory.
 * @throws PavedError what an apply would be refused for and can be known now: PVD5001, PVD5005, PVD5017, what the
 * guard-rails find, and PVD2007 for a stack that waits for one outside of the bundle
 */
export async function planBundle(options: PlanBundleOptions): Promise<PlannedBundle> {
  const { workspace, mode = "sandbox", fleet, policy, environment = process.env } = options;
  const base = options.base === undefined ? undefined : baseOf(workspace, options.base);
  const commit = commitToBundle(workspace, mode, base);
  const encryption = chooseEncryption(mode, environment);
  const encrypt = planEncryption(encryption, mode, environment);
  const { verdict, findings } = judgeForApply(fleet, policy);
  const refused = [...findings, ...consentFindings(fleet.index, policy.today)];
  if (refused.length > 0) throw new PavedError(refused);
  let result: RunResult | undefined;
  const bundle = await options.directory.fill(async (draft): Promise<BundleEvidence | undefined> => {
    const { today } = policy;
    const into: PlannedStacks = { draft, today, stacks: new Map() };
    const work: RunOptions["work"] = (job) => planIntoBundle(job, into);
    result = await run({ ...options, today, command: "plan", work, planEncryption: encrypt, isHandOverPlanned: true });
    if (!isRunOk(result)) return undefined;
    const stacks = await allStacks(options, result.stacks, into.stacks);
    return {
      version: 1,
      mode,
      commit,
      ...(base === undefined ? {} : { base }),
      engine: options.engine.version,
      encryption,
      ...(options.day === undefined ? {} : { day: options.day }),
      policy: verdict,
      approvals: approvalsIn(fleet, stacks),
      stacks,
    };
  });
  if (bundle === undefined) return { result: result! };
  return { result: withOvertaken(result!, bundle.evidence, fleet), bundle };
}

/**
 * Those that were planned, and those that wait, in the order they were given. A stack that waits to forget what one that
 * stands on it has yet to take over is left out: the next bundle has it.
 */
async function allStacks(
  options: PlanBundleOptions,
  results: readonly StackResult[],
  planned: ReadonlyMap<string, BundledStack>,
): Promise<readonly BundledStack[]> {
  const { stacks } = options;
  const context = engineContextOf(options);
  const names = new Set(stacks.map(({ name }) => name));
  const stuck = results.filter(({ waitsFor }) => waitsFor.some((name) => !names.has(name)));
  if (stuck.length > 0) throw new PavedError(stuck.flatMap(({ findings }) => findings));
  const all: BundledStack[] = [];
  for (const [place, stack] of stacks.entries()) {
    const known = planned.get(stack.name);
    const { waitsFor } = results[place]!;
    if (known === undefined && !waitsFor.some((name) => stack.dependsOn.includes(name))) continue;
    all.push(known ?? (await waiting(new StackEngine(context, stack), stack, waitsFor)));
  }
  return all;
}

async function waiting(
  engine: StackEngine,
  stack: PlanBundleOptions["stacks"][number],
  waitsFor: readonly string[],
): Promise<BundledStack> {
  try {
    return await waitingStack(stack, engine, waitsFor);
  } finally {
    await engine.close();
  }
}
