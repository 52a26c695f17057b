import { type BundledStack, PavedError } from "@paved/model";
import type { Bundle } from "./bundle-directory";
import type { Journal } from "./journal";
import { strayChanges } from "./rest-of-plan";
import { actionOf, changesIn } from "./plan-document";
import { enter, type Outcome, outcome, prepare, type StackJob } from "../run/stages";
import { NO_CHANGES, type PlannedChange } from "../tofu/messages";
import type { Plan } from "../tofu/stack-engine";
import { isSameState } from "../tofu/state-version";

/** What the stacks of one apply share. */
export interface BundleRun {
  readonly bundle: Bundle;
  readonly journal: Journal;
  /** Whether a stack failed: none is begun after that. */
  stopped: boolean;
}

/** What nothing was done to. */
const NOTHING: Plan = { counts: NO_CHANGES, changes: [], empty: true };

/** Applies what the bundle has of one stack, or what is left of it. */
export async function applyBundled(job: StackJob, run: BundleRun): Promise<Outcome> {
  if (run.stopped) return { status: "skipped", resources: 0, plan: NO_CHANGES, changes: [] };
  try {
    return await applyEntry(job, run);
  } catch (error) {
    run.stopped = true;
    throw error;
  }
}

async function applyEntry(job: StackJob, run: BundleRun): Promise<Outcome> {
  const { stack, engine } = job;
  const entry = run.bundle.evidence.stacks.find(({ name }) => name === stack.name)!;
  const progress = run.journal.progress(stack.name);
  if (entry.status === "unchanged" || progress?.status === "applied") return outcome(job, NOTHING, "unchanged");
  await enter(job, "recover", () => engine.recover());
  // A plan that was not begun is applied as it is, or refused by OpenTofu, whatever the state is by now.
  const isWhole = progress === undefined || isSameState(await engine.stateVersion(), entry.state);
  if (entry.plan !== undefined && isWhole) return applyReviewed(job, run, entry.plan);
  const plan = await prepare(job);
  if (!plan.empty) await refuseStray(job, run, entry);
  return applyFile(job, run, plan);
}

/** The very plan that was reviewed. */
async function applyReviewed(
  job: StackJob,
  run: BundleRun,
  reviewed: NonNullable<BundledStack["plan"]>,
): Promise<Outcome> {
  await enter(job, "init", () => job.engine.init());
  const changes = Object.entries(reviewed.actions).flatMap(([action, addresses]) =>
    addresses.map((address) => ({ address, action: action as PlannedChange["action"] })),
  );
  const file = run.bundle.directory.plan(job.stack.name);
  return applyFile(job, run, { counts: reviewed.counts, changes, empty: false }, file);
}

async function applyFile(job: StackJob, { journal }: BundleRun, plan: Plan, file?: string): Promise<Outcome> {
  const { stack, engine, listener } = job;
  const progress = (done: number, total: number): void => listener.progress(stack, done, total);
  if (!plan.empty) {
    journal.note(stack.name, { status: "begun" });
    try {
      await enter(job, "apply", () => engine.apply(plan.changes.length, progress, file));
    } catch (error) {
      await noteWhatIsLeft(job, journal);
      throw error;
    }
  }
  journal.note(stack.name, { status: "applied", state: await engine.stateVersion() });
  return outcome(job, plan, "applied");
}

/**
 * What cannot be read now, since the engine was told to stop, the next apply finds out; so it does of a state that could not
 * be saved, which is another one when it is put back.
 */
async function noteWhatIsLeft({ stack, engine }: StackJob, journal: Journal): Promise<void> {
  if (engine.keepUnsaved()) return;
  try {
    journal.note(stack.name, { status: "begun", state: await engine.stateVersion() });
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
  }
}

/** What was planned just now is the rest of what was reviewed, or the first creates of what could not be planned before. */
async function refuseStray({ stack, engine }: StackJob, { bundle }: BundleRun, entry: BundledStack): Promise<void> {
  const document = await engine.document();
  const stray =
    entry.plan === undefined
      ? changesIn(document).flatMap((change) =>
          isHarmless(actionOf(change)) ? [] : [`${change.address} (${actionOf(change)})`],
        )
      : strayChanges(await engine.document(bundle.directory.plan(stack.name)), document);
  if (stray.length === 0) return;
  throw new PavedError({
    code: "PVD5015",
    where: stack.name,
    got: stray.join(", "),
    want: entry.plan === undefined ? "creates alone in what nobody could review" : "the rest of what was reviewed",
    fix: "plan anew, and have that reviewed; what was applied of the bundle stays",
  });
}

function isHarmless(action: string | undefined): boolean {
  return action === "create" || action === "read";
}
