import { type Finding, PavedError } from "@paved/model";
import { applyBundled, type BundleRun } from "./apply-stack";
import type { Bundle, BundleDirectory } from "./bundle-directory";
import { Journal } from "./journal";
import { withOvertaken } from "./overtaken";
import { planEncryption } from "./plan-encryption";
import type { PolicyOptions } from "./policy";
import { groundRefusals } from "./refusals";
import { stackRefusals } from "./stack-refusals";
import { takeRunLock } from "../lock/exclusive";
import type { RunResult } from "../run/result";
import { DEFAULT_CONCURRENCY, engineContextOf, runUnderLock, type RunOptions } from "../run/run";
import { schedule } from "../run/schedule";
import { type EngineContext, StackEngine } from "../tofu/stack-engine";
import type { Fleet, FleetStack } from "../workspace/fleet";

/** What is applied, where, and judged by what. */
export interface ApplyBundleOptions extends Omit<
  RunOptions,
  "command" | "stacks" | "today" | "work" | "alsoAfter" | "planEncryption" | "unsavedState"
> {
  readonly directory: BundleDirectory;
  readonly policy: PolicyOptions;
  /** Where the passphrase is looked for. @default - that of this process */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Applies the plans of a bundle and nothing else: each stack after what it depends on, each environment when the one
 * before it is done, and nothing more after the first failure. The same call goes on from there.
 * @throws PavedError before anything is changed, with all that stands against it: PVD5001 to PVD5017
 */
export async function applyBundle(options: ApplyBundleOptions): Promise<RunResult> {
  const { workspace, mode = "sandbox", fleet, directory, policy, environment = process.env } = options;
  const bundle = directory.read();
  const encrypt = planEncryption(bundle.evidence.encryption, mode, environment);
  const lock = takeRunLock(workspace, mode, "apply --bundle");
  try {
    const journal = Journal.of(bundle);
    const kept = { planEncryption: encrypt, unsavedState: ({ name }: FleetStack) => directory.unsaved(name) };
    const findings = await refusals(bundle, journal, { ...options, ...kept });
    if (findings.length > 0) throw new PavedError(findings);
    const stacks = stacksOf(bundle, fleet);
    const bundleRun: BundleRun = { bundle, journal, stopped: false };
    const result = await runUnderLock({
      ...options,
      command: "apply",
      stacks,
      today: policy.today,
      work: (job) => applyBundled(job, bundleRun),
      alsoAfter: ({ environment: own }) => before(fleet, stacks, own),
      ...kept,
    });
    return withOvertaken(result, bundle.evidence, fleet);
  } finally {
    lock.release();
  }
}

async function refusals(
  bundle: Bundle,
  journal: Journal,
  options: ApplyBundleOptions & Pick<EngineContext, "planEncryption" | "unsavedState">,
): Promise<readonly Finding[]> {
  const { workspace, mode = "sandbox", engine, fleet, policy, concurrency = DEFAULT_CONCURRENCY } = options;
  const context = engineContextOf(options);
  const ground = groundRefusals(bundle, { workspace, mode, engine: engine.version, fleet, policy });
  // A state of the other cloud says nothing, and is not to be looked at.
  if (ground.some(({ code }) => code === "PVD5014")) return ground;
  // Nor is what somebody put beside those that were left to be put back.
  const strange = bundle.directory.unsavedFindings(bundle.evidence, journal.begun);
  if (strange.length > 0) return [...ground, ...strange];
  const wrong = new Set(ground.map(({ where }) => where));
  const stacks = stacksOf(bundle, fleet);
  const results = await schedule(stacks, {
    after: () => [],
    concurrency,
    isSuccess: () => true,
    skip: () => [],
    run: async (stack): Promise<readonly Finding[]> => {
      const entry = bundle.evidence.stacks.find(({ name }) => name === stack.name)!;
      const hasPlan = !wrong.has(bundle.directory.named(bundle.directory.plan(stack.name)));
      const stackEngine = new StackEngine(context, stack);
      const check = { bundle, journal, entry, stack, engine: stackEngine, today: policy.today, hasPlan };
      return findingsOf(stackRefusals(check)).finally(() => stackEngine.close());
    },
  });
  return [...ground, ...stacks.flatMap(({ name }) => results.get(name)!)];
}

async function findingsOf(check: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check;
  } catch (error) {
    if (error instanceof PavedError) return error.findings;
    throw error;
  }
}

function stacksOf({ evidence }: Bundle, fleet: Fleet): readonly FleetStack[] {
  const known = new Map(fleet.stacks.map((stack) => [stack.name, stack]));
  return evidence.stacks.flatMap(({ name }) => known.get(name) ?? []);
}

/** Stacks of the environments that a change is promoted through before. */
function before({ index }: Fleet, stacks: readonly FleetStack[], own: string): readonly string[] {
  const order = index.environments.map(({ name }) => name);
  return stacks.filter(({ environment }) => order.indexOf(environment) < order.indexOf(own)).map(({ name }) => name);
}
