import type { Benchmark, Control, Enforcement } from "../benchmarks/benchmark";
import { type ControlState, isHeld, isWithoutSubject } from "../benchmarks/control-state";

/**
 * How many controls of a benchmark each sees to, then a line a control, in Markdown, with what the guard-rails judged in
 * each environment.
 */
export function benchmarkTable(
  benchmark: Benchmark,
  states: readonly ControlState[],
  environments: readonly string[],
): string {
  const { name, source, controls } = benchmark;
  const counts = new Map<string, number>();
  for (const { enforced } of controls) counts.set(enforced.by, (counts.get(enforced.by) ?? 0) + 1);
  const summary = [...counts].map(([by, count]) => `${count} by ${WORDS[by as Enforcement["by"]]}`).join(", ");
  const own = states.filter((state) => state.benchmark === name);
  const rows = controls.map((control) => {
    const cells = environments.map((environment) =>
      stateInWords(own.find((state) => state.control === control.id && state.environment === environment)),
    );
    return `${controlCells(control)} ${cells.join(" | ")} |`;
  });
  const heads = ["control", "what", "enforced by", ...environments];
  return [
    `### ${name}`,
    `${controls.length} controls: ${summary}; ${heldInWords(benchmark, states)}. Source: ${source}.`,
    [`| ${heads.join(" | ")} |`, `|${" --- |".repeat(heads.length)}`, ...rows].join("\n"),
  ].join("\n\n");
}

/** What a control is, and who sees to it, as the first cells of its line. */
export function controlCells({ id, title, enforced }: Control): string {
  return `| ${id} | ${title} | ${said(enforced)} |`;
}

/** How many controls of a benchmark the guard-rails found to hold, of those that they see to. */
export function heldInWords({ name, controls }: Benchmark, states: readonly ControlState[]): string {
  const byRules = controls.filter(({ enforced }) => enforced.by === "rule");
  const held = byRules.filter(({ id }) => {
    const own = states.filter((state) => state.benchmark === name && state.control === id);
    return own.length > 0 && own.every(isHeld);
  });
  return `${held.length} of the ${byRules.length} that guard-rails see to hold in every environment`;
}

/** `16 of 16 workloads, 24 of 24 others`: of a control that guard-rails see to, what keeps it. */
function stateInWords(state: ControlState | undefined): string {
  if (state === undefined) return "–";
  if (isWithoutSubject(state)) return "no subject";
  const { workloads, others } = state;
  if (workloads === undefined) return `${others.kept} of ${others.of}`;
  const more = others.of === 0 ? "" : `, ${others.kept} of ${others.of} others`;
  return `${workloads.kept} of ${workloads.of} workloads${more}`;
}

const WORDS: Readonly<Record<Enforcement["by"], string>> = {
  rule: "guard-rails",
  type: "type",
  test: "test",
  AWS: "AWS",
  owner: "a named owner",
};

function said(enforced: Enforcement): string {
  if (enforced.by === "rule") return enforced.rules.map((id) => `[${id}](guardrails/${id}.md)`).join(", ");
  if (enforced.by === "AWS") return `AWS: ${enforced.how}`;
  if (enforced.by === "owner") return `${enforced.owner}: ${enforced.how}`;
  return `${enforced.by}: ${enforced.how} (\`${enforced.where}\`)`;
}
