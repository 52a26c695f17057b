import type { ChangeCounts, Finding, RunReport, StackEntry } from "@paved/model";
import { NO_CHANGES, type PlannedChange } from "../tofu/messages";

/** What a run does to every chosen stack. */
export type RunCommand = "plan" | "apply" | "destroy" | "rehearse";

/** How a stack came out of a run. */
export type StackStatus =
  "unchanged" | "planned" | "applied" | "destroyed" | "failed" | "skipped" | "waits" | "interrupted";

/** One stack's part of a run. */
export interface StackResult {
  readonly name: string;
  readonly environment: string;
  readonly service?: string;
  readonly status: StackStatus;
  /** Managed resources in the state at the end. */
  readonly resources: number;
  /** What the first plan would change. */
  readonly plan: ChangeCounts;
  /** What a plan after the apply would still change. @default - there was no apply, or it did not get there */
  readonly secondPlan?: ChangeCounts;
  /** Every address the first plan touches. */
  readonly changes: readonly PlannedChange[];
  /** Stacks that this one waits for. */
  readonly waitsFor: readonly string[];
  readonly findings: readonly Finding[];
  /** What a person should know, from synth. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** What a whole run came to. */
export interface RunResult {
  readonly command: RunCommand;
  /** Version of the engine. */
  readonly tofu: string;
  readonly stacks: readonly StackResult[];
  readonly seconds: number;
}

/** A result with nothing done yet, to be completed. */
export function emptyResult(stack: StackEntry): StackResult {
  const { name, environment, service, notes } = stack;
  const nothing = { resources: 0, plan: NO_CHANGES, changes: [], waitsFor: [], findings: [], seconds: 0 };
  return { name, environment, service, status: "skipped", notes, ...nothing };
}

/** Whether what depends on the stack can go on. */
export function isSuccess({ status }: StackResult): boolean {
  return status !== "failed" && status !== "skipped" && status !== "interrupted";
}

/** Whether the whole run reached what it was asked for. A plan that waits is an answer, an apply that waits is not. */
export function isRunOk({ command, stacks }: RunResult): boolean {
  return stacks.every((stack) => isSuccess(stack) && (command === "plan" || stack.status !== "waits"));
}

/** The report of a rehearsal: stacks that converged, and why the others did not. */
export function toReport({ tofu, stacks, seconds }: RunResult): RunReport {
  const proved = stacks.flatMap(({ name, environment, resources, plan, secondPlan, seconds: took }) =>
    secondPlan === undefined ? [] : [{ name, environment, resources, plan, secondPlan, seconds: took }],
  );
  const failures = stacks
    .filter((stack) => !isSuccess(stack))
    .map(({ name, environment, status, findings }) => ({ name, environment, status, findings }));
  return { tofu, stacks: proved, ...(failures.length === 0 ? {} : { failures }), seconds };
}

/** A duration for people: seconds with one decimal. */
export function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10;
}
