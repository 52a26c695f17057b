import { PavedError } from "@paved/model";
import type { RunListener, Stage } from "./listener";
import type { StackResult } from "./result";
import { NO_CHANGES } from "../tofu/messages";
import type { Plan, StackEngine } from "../tofu/stack-engine";
import type { FleetStack } from "../workspace/fleet";

/** What the stages of one stack found out; the rest of a result is the same for all. */
export type Outcome = Pick<StackResult, "status" | "resources" | "plan" | "changes"> & Partial<StackResult>;

/** One stack on its way through the stages. */
export interface StackJob {
  readonly stack: FleetStack;
  readonly engine: StackEngine;
  readonly listener: RunListener;
}

/** init, validate, plan: nothing is changed. */
export async function planStack(job: StackJob): Promise<Outcome> {
  const plan = await prepare(job);
  return outcome(job, plan, plan.empty ? "unchanged" : "planned");
}

/** init, validate, plan and the apply of that plan. */
export async function applyStack(job: StackJob): Promise<Outcome> {
  await enter(job, "recover", () => job.engine.recover());
  const plan = await prepare(job);
  if (plan.empty) return outcome(job, plan, "unchanged");
  await applyPlan(job, plan, "apply");
  return outcome(job, plan, "applied");
}

/** {@link applyStack}, and the proof that a second plan is empty. A first plan that is empty is that proof. */
export async function rehearseStack(job: StackJob): Promise<Outcome> {
  const applied = await applyStack(job);
  if (applied.status === "unchanged") return { ...applied, secondPlan: NO_CHANGES };
  const second = await enter(job, "second plan", () => job.engine.plan());
  if (second.empty) return { ...applied, secondPlan: second.counts };
  return { ...applied, status: "failed", secondPlan: second.counts, findings: notConverged(job.stack, second) };
}

/** Destroys what the state holds; an empty state is left alone. */
export async function destroyStack(job: StackJob): Promise<Outcome> {
  await enter(job, "recover", () => job.engine.recover());
  await enter(job, "init", () => job.engine.init());
  const { managed } = await job.engine.state();
  const nothing = { counts: NO_CHANGES, changes: [], empty: true };
  if (managed.length === 0) return outcome(job, nothing, "unchanged");
  const plan = await enter(job, "plan", () => job.engine.plan({ destroy: true }));
  await applyPlan(job, plan, "destroy");
  return outcome(job, plan, "destroyed");
}

/** init, validate, plan. */
export async function prepare(job: StackJob): Promise<Plan> {
  await enter(job, "init", () => job.engine.init());
  await enter(job, "validate", () => job.engine.validate());
  return enter(job, "plan", () => job.engine.plan());
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

function notConverged(stack: FleetStack, second: Plan): PavedError["findings"] {
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
