import { readFileSync } from "node:fs";
import { type BundledStack, PavedError, type PlanEvidence } from "@paved/model";
import { type BundleDirectory, sha256 } from "./bundle-directory";
import { summaryOf } from "./plan-document";
import { lossFindings, unusedConsents } from "../losses/consent";
import { askedProviders } from "../providers/asked-providers";
import { type Outcome, planStack, type StackJob } from "../run/stages";
import type { StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";

/** Where {@link planIntoBundle} puts what it finds. */
export interface PlannedStacks {
  readonly draft: BundleDirectory;
  /** Day that consents to losses are judged by. */
  readonly today: string;
  readonly stacks: Map<string, BundledStack>;
}

/** Plans a stack and keeps the plan with what it was made on; one that loses data without a record fails: PVD5016. */
export async function planIntoBundle(job: StackJob, { draft, today, stacks }: PlannedStacks): Promise<Outcome> {
  const { stack, engine } = job;
  const outcome = await planStack(job);
  // Written to since the plan, it would make that plan stale, and OpenTofu refuses it.
  const state = await engine.stateVersion();
  const standing = { ...standingOf(stack, engine), ...(state === undefined ? {} : { state }), waitsFor: [] };
  const plan = outcome.status === "unchanged" ? undefined : await keepPlan(stack, engine, draft);
  const losses = plan?.losses ?? [];
  const refused = lossFindings(stack, losses, today);
  if (refused.length > 0) return { ...outcome, status: "failed", findings: refused };
  stacks.set(
    stack.name,
    plan === undefined ? { ...standing, status: "unchanged" } : { ...standing, status: "planned", plan },
  );
  return { ...outcome, notes: [...stack.notes, ...unusedConsents(stack, losses)] };
}

/**
 * A stack that can only be planned when what it stands on is applied.
 * @throws PavedError PVD5015 for one that was applied before: what is done to that has to be reviewed
 */
export async function waitingStack(
  stack: FleetStack,
  engine: StackEngine,
  waitsFor: readonly string[],
): Promise<BundledStack> {
  await engine.init();
  const { managed } = await engine.state();
  if (managed.length > 0) throw appliedBefore(stack.name, waitsFor);
  const state = await engine.stateVersion();
  return { ...standingOf(stack, engine), status: "waits", ...(state === undefined ? {} : { state }), waitsFor };
}

async function keepPlan(stack: FleetStack, engine: StackEngine, draft: BundleDirectory): Promise<PlanEvidence> {
  const file = draft.plan(stack.name);
  engine.savePlan(file);
  return { hash: sha256(readFileSync(file)), ...summaryOf(await engine.document()) };
}

function appliedBefore(stack: string, waitsFor: readonly string[]): PavedError {
  return new PavedError({
    code: "PVD5015",
    where: stack,
    got: `an applied stack that has no plan before ${waitsFor.join(", ")} is applied`,
    want: "a plan to review of whatever stands already",
    fix: `make a bundle of ${waitsFor.join(", ")} alone, apply it, and plan the rest then`,
  });
}

type Standing = Pick<BundledStack, "name" | "environment" | "root" | "providers" | "lock">;

function standingOf({ name, environment, json }: FleetStack, engine: StackEngine): Standing {
  const lock = engine.providerLock();
  const providers = providerVersions(json);
  return { name, environment, root: sha256(json), providers, ...(lock === undefined ? {} : { lock: sha256(lock) }) };
}

/** The versions of providers that a root asks for, by the provider's address. */
function providerVersions(json: string): Readonly<Record<string, string>> {
  const versions = Object.values(askedProviders(json)).map(({ source, version }) => [source, version] as const);
  return Object.fromEntries(versions.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
