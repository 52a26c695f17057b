import type { Finding } from "@paved/model";
import type { RunListener, Stage } from "./listener";
import type { StackResult } from "./result";
import { unallowedLosses } from "../losses/unallowed";
import { NO_CHANGES } from "../tofu/messages";
import type { Plan, StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";
import type { Mode } from "../workspace/workspace";

/** What the stages of one stack found out; the rest of a result is the same for all. */
export type Outcome = Pick<StackResult, "status" | "resources" | "plan" | "changes"> & Partial<StackResult>;

/** One stack on its way through the stages. */
export interface StackJob {
  readonly stack: FleetStack;
  readonly engine: StackEngine;
  readonly listener: RunListener;
  readonly mode: Mode;
  /** Day that consents to losses are judged by. */
  readonly today: string;
}

/** init, validate, plan: nothing is changed. */
export async function planStack(job: StackJob): Promise<Outcome> {
  const plan = await prepare(job);
  return outcome(job, plan, plan.empty ? "unchanged" : "planned");
}

/** init, validate, plan and the apply of that plan, unless it loses data without a record: PVD5016. */
export async function applyStack(job: StackJob): Promise<Outcome> {
  const plan = await recoverAndPlan(job);
  if (plan.empty) return outcome(job, plan, "unchanged");
  const losses = await unallowedLosses(job, plan);
  if (losses.length > 0) return refused(job, plan, losses);
  await applyPlan(job, plan, "apply");
  return outcome(job, plan, "applied");
}

/**
 * What {@link applyStack} does, and the proof that a second plan is empty. A first plan that is empty is that proof. A
 * change is tried out before its records are written, so that what an apply would be refused for is noted.
 */
export async function rehearseStack(job: StackJob): Promise<Outcome> {
  const plan = await recoverAndPlan(job);
  if (plan.empty) return { ...(await outcome(job, plan, "unchanged")), secondPlan: NO_CHANGES };
  const losses = await unallowedLosses(job, plan);
  await applyPlan(job, plan, "apply");
  const applied = { ...(await outcome(job, plan, "applied")), notes: [...job.stack.notes, ...losses.map(asNote)] };
  const second = await enter(job, "second plan", () => job.engine.plan());
  if (second.empty) return { ...applied, secondPlan: second.counts };
  return { ...applied, status: "failed", secondPlan: second.counts, findings: notConverged(job.stack, second) };
}

/**
 * Destroys what the state holds; an empty state is left alone. In the cloud what holds data goes only with a record that
 * allows it, as with an apply (PVD5016); the sandbox is there to be cleared.
 */
export async function destroyStack(job: StackJob): Promise<Outcome> {
  await enter(job, "recover", () => job.engine.recover());
  await enter(job, "init", () => job.engine.init());
  const { managed } = await job.engine.state();
  const nothing = { counts: NO_CHANGES, changes: [], empty: true };
  if (managed.length === 0) return outcome(job, nothing, "unchanged");
  const plan = await enter(job, "plan", () => job.engine.plan({ destroy: true }));
  const losses = job.mode === "live" ? await unallowedLosses(job, plan) : [];
  if (losses.length > 0) return refused(job, plan, losses.map(ofAll));
  await applyPlan(job, plan, "destroy");
  return outcome(job, plan, "destroyed");
}

/** init, validate, plan. */
export async function prepare(job: StackJob): Promise<Plan> {
  await enter(job, "init", () => job.engine.init());
  await enter(job, "validate", () => job.engine.validate());
  return enter(job, "plan", () => job.engine.plan());
}

async function recoverAndPlan(job: StackJob): Promise<Plan> {
  await enter(job, "recover", () => job.engine.recover());
  return prepare(job);
}

async function refused(job: StackJob, plan: Plan, findings: readonly Finding[]): Promise<Outcome> {
  return { ...(await outcome(job, plan, "failed")), findings };
}

function asNote({ code, where, got, fix }: Finding): string {
  return `an apply is refused, ${code} ${where}: ${got}; ${fix}`;
}

/** What a destroy takes is still declared, and a record of that is one of all that the stack had. */
function ofAll(finding: Finding): Finding {
  if (finding.code !== "PVD5016") return finding;
  const fix = 'have its code do nothing but retire(stack, { reason: "…", until: "…" }), or keep it';
  return { ...finding, fix };
}

async function applyPlan(job: StackJob, { changes }: Plan, stage: Stage): Promise<void> {
  const { stack, engine, listener } = job;
  await enter(job, stage, () => engine.apply(changes.length, (done, total) => listener.progress(stack, done, total)));
}

/** Does the work of a stage, and tells the listener. */
export function enter<T>({ stack, listener }: StackJob, stage: Stage, work: () => Promise<T>): Promise<T> {
  listener.stage(stack, stage);
  return work();
}

/** How a stack came out, with what its state holds now. */
export async function outcome({ engine }: StackJob, plan: Plan, status: StackResult["status"]): Promise<Outcome> {
  const { managed } = await engine.state();
  return { status, resources: managed.length, plan: plan.counts, changes: plan.changes };
}

function notConverged(stack: FleetStack, second: Plan): readonly Finding[] {
  const addresses = second.changes.map(({ address, action }) => `${address} (${action})`);
  const sources = second.changes.flatMap(({ address }) => stack.elements[address]?.source ?? []);
  return [
    {
      code: "PVD2004",
      where: stack.name,
      source: sources[0],
      got: addresses.length === 0 ? "changed outputs" : addresses.join(", "),
      want: "nothing left to change after the apply",
      fix: "set what the provider would otherwise choose, or ignore what it changes by itself",
    },
  ];
}
