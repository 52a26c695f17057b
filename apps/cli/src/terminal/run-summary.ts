import type { ChangeCounts } from "@paved/model";
import type { RunResult, StackResult, StackStatus } from "@paved/pipeline";
import { drawTable } from "./draw-table";
import { quantity } from "./quantity";
import type { Terminal } from "./terminal";

const COLUMNS = [
  { head: "environment" },
  { head: "stack" },
  { head: "status" },
  { head: "resources", align: "right" },
  { head: "add", align: "right" },
  { head: "change", align: "right" },
  { head: "destroy", align: "right" },
  { head: "second plan", align: "right" },
  { head: "seconds", align: "right" },
] as const;

/** What a run came to, for a person: one line, then the table, then what is worth knowing. */
export function printRun(terminal: Terminal, result: RunResult): void {
  terminal.out(summaryLine(result));
  terminal.out(
    drawTable(
      terminal,
      COLUMNS,
      result.stacks.map((stack) => row(terminal, stack)),
    ),
  );
  if (result.command === "plan") printChanges(terminal, result.stacks);
  printNotes(terminal, result.stacks);
}

/** The whole run on one line, for example `33 stacks: 33 applied; 412 resources; every second plan is empty; 41.2 s`. */
export function summaryLine({ command, stacks, seconds, tofu }: RunResult): string {
  const counts = new Map<StackStatus, number>();
  for (const { status } of stacks) counts.set(status, (counts.get(status) ?? 0) + 1);
  const statuses = [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  const proof = command === "rehearse" ? proofOf(stacks) : [];
  const head = `${quantity(stacks.length, "stack")}${statuses === "" ? "" : `: ${statuses}`}`;
  return [head, quantity(resources, "resource"), ...proof, `${seconds.toFixed(1)} s with OpenTofu ${tofu}`].join("; ");
}

/** Changes as OpenTofu's users write them, for example `+3 ~1 -0`. */
export function formatCounts({ add, change, destroy }: ChangeCounts): string {
  return `+${add} ~${change} -${destroy}`;
}

function proofOf(stacks: readonly StackResult[]): string[] {
  const proved = stacks.filter(({ secondPlan }) => secondPlan !== undefined);
  const full = stacks.filter(({ findings }) => findings.some(({ code }) => code === "PVD2004")).length;
  if (full > 0) return [`${full} of ${quantity(proved.length, "second plan")} not empty`];
  const empty = `${quantity(proved.length, "second plan is", "second plans are")} empty`;
  return [proved.length === stacks.length ? "every second plan is empty" : empty];
}

function row(terminal: Terminal, stack: StackResult): string[] {
  const { add, change, destroy } = stack.plan;
  const counts = [add, change, destroy].map((count) => (count === 0 ? "0" : terminal.colours.yellow(String(count))));
  return [
    stack.environment,
    stack.name,
    statusText(terminal, stack.status),
    String(stack.resources),
    ...counts,
    stack.secondPlan === undefined ? "-" : secondPlanText(stack),
    stack.seconds.toFixed(1),
  ];
}

function secondPlanText({ secondPlan, findings }: StackResult): string {
  const full = findings.some(({ code }) => code === "PVD2004");
  return full ? formatCounts(secondPlan!) : "empty";
}

function statusText({ colours }: Terminal, status: StackStatus): string {
  if (status === "failed" || status === "interrupted") return colours.red(status);
  if (status === "skipped" || status === "waits") return colours.yellow(status);
  return colours.green(status);
}

const SIGNS = { create: "+", update: "~", delete: "-", replace: "-/+", read: "<=" } as const;

function printChanges(terminal: Terminal, stacks: readonly StackResult[]): void {
  for (const { name, changes } of stacks.filter((stack) => stack.changes.length > 0)) {
    terminal.out(`\n${terminal.colours.bold(name)}`);
    for (const { address, action } of changes) {
      terminal.out(`  ${(action in SIGNS ? SIGNS[action as keyof typeof SIGNS] : action).padStart(3)} ${address}`);
    }
  }
}

function printNotes(terminal: Terminal, stacks: readonly StackResult[]): void {
  for (const { name, notes } of stacks) for (const note of notes) terminal.out(`note: ${name}: ${note}`);
  for (const line of skippedLines(stacks)) terminal.out(line);
}

/** One line for all stacks that were skipped for the same reason, however many they are. */
export function skippedLines(stacks: readonly StackResult[]): readonly string[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const rootsOf = ({ waitsFor }: StackResult): readonly string[] =>
    waitsFor.flatMap((name) => {
      const stack = byName.get(name);
      return stack?.status === "skipped" ? rootsOf(stack) : [name];
    });
  const counts = new Map<string, number>();
  for (const stack of stacks.filter(({ status }) => status === "skipped")) {
    const roots = [...new Set(rootsOf(stack))].toSorted().join(", ");
    counts.set(roots, (counts.get(roots) ?? 0) + 1);
  }
  return [...counts].map(([roots, count]) => {
    return `skipped: ${quantity(count, "stack")}, ${roots === "" ? "not begun before the stop" : `waiting for ${roots}`}`;
  });
}
