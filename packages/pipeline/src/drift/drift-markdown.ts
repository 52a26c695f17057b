import { differenceInWords } from "../impact/report/words";
import { codeText, escapedText, foldedSection, withinLimit } from "../impact/report/markdown-text";
import type { Drift, DriftedResource, StackDrift } from "./drift";

/**
 * The drift for an issue or a run's page: a summary on top, what differs folded away by stack. Of a text that may not be
 * longer, stacks that do not fit are counted.
 */
export function driftMarkdown({ stacks }: Drift, limit: number = Infinity): string {
  const drifted = stacks.filter(({ status }) => status === "drifted");
  const unknown = stacks.filter(({ status }) => status === "unknown");
  const head =
    drifted.length === 0
      ? `All ${stacks.length - unknown.length} stacks that could be looked at are as they were applied.`
      : `**${drifted.length} of ${stacks.length} stacks are no longer as they were applied.** The next apply puts back what is declared.`;
  const lost = drifted.flatMap(({ name, resources }) =>
    resources.flatMap(({ address, lost: what }) =>
      what === undefined ? [] : [`> - **${escapedText(name)}** ${codeText(address)} is gone, and with it ${what}`],
    ),
  );
  const text = [
    "## Drift",
    "",
    head,
    ...(lost.length === 0 ? [] : ["", "> [!CAUTION]", ...lost]),
    ...(unknown.length === 0 ? [] : ["", "Could not be looked at:", "", ...unknown.flatMap(reasons)]),
  ].join("\n");
  return withinLimit(text, drifted.map(details), limit, "paved drift --json");
}

function reasons({ name, findings }: StackDrift): readonly string[] {
  if (findings.length === 0) return [`- **${escapedText(name)}**`];
  return findings.map(({ code, got }) => `- **${escapedText(name)}** ${code}: ${escapedText(got)}`);
}

function details({ name, owner, resources }: StackDrift): string {
  return foldedSection(`${name} (${owner}): ${resources.length} resources`, resources.flatMap(lines));
}

function lines({ address, change, attributes, source }: DriftedResource): readonly string[] {
  return [
    `- ${codeText(address)} ${change}${source === undefined ? "" : `; declared in ${codeText(source)}`}`,
    ...attributes.map((each) => `  - ${codeText(differenceInWords(each))}`),
  ];
}
