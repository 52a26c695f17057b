import type { Benchmark, Enforcement } from "../benchmarks/benchmark";

/** How many controls of a benchmark each sees to, then a line a control, in Markdown. */
export function benchmarkTable({ name, source, controls }: Benchmark): string {
  const counts = new Map<string, number>();
  for (const { enforced } of controls) counts.set(enforced.by, (counts.get(enforced.by) ?? 0) + 1);
  const summary = [...counts].map(([by, count]) => `${count} by ${WORDS[by as Enforcement["by"]]}`).join(", ");
  const rows = controls.map(({ id, title, enforced }) => `| ${id} | ${title} | ${said(enforced)} |`);
  return [
    `### ${name}`,
    `${controls.length} controls: ${summary}. Source: ${source}.`,
    ["| control | what | enforced by |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
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
