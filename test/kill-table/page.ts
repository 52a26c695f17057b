import type { Edit, Stage } from "./edit";

const STAGES: Readonly<Record<Stage, string>> = {
  type: "the compiler",
  synth: "synth",
  policy: "paved check",
  plan: "the plan",
};

/** `docs/kill-table.md`: how many unsafe edits are caught where, then a line each. */
export function killTablePage(edits: readonly Edit[]): string {
  const count = (stage: Stage): number => edits.filter(({ caught }) => caught === stage).length;
  const stages = (Object.keys(STAGES) as Stage[]).filter((stage) => count(stage) > 0);
  const summary = stages.map((stage) => `${count(stage)} by ${STAGES[stage]}`).join(", ");
  const rows = edits.map(
    ({ what, file, caught, by }) => `| ${what} | \`${file}\` | ${STAGES[caught]} | ${linked(by)} |`,
  );
  return `${[
    "# Kill table",
    `${edits.length} unsafe edits, each made by itself in a copy of the sources, and all caught: ${summary}. ` +
      "They are edits that pass a hasty review: a flag turned, a line dropped, a wildcard. " +
      "`test/kill-table.test.ts` makes every one at each run, and fails when one is caught no more.",
    ["| with the edit | file | caught by | what says so |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n")}\n`;
}

function linked(by: string): string {
  return /^(PVD|TS)\d/.test(by) ? `\`${by}\`` : `[${by}](guardrails/${by}.md)`;
}
