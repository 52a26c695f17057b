import { differenceInWords } from "../impact/report/words";
import { codeText, escapedText, foldedSection } from "../impact/report/markdown-text";
import type { Drift, DriftedResource, StackDrift } from "./drift";

/** The drift for a pull request or an issue: a summary on top, what differs folded away by stack. */
export function driftMarkdown({ stacks }: Drift): string {
  const drifted = stacks.filter(({ status }) => status === "drifted");
  const unknown = stacks.filter(({ status }) => status === "unknown");
  const head =
    drifted.length === 0
      ? `All ${stacks.length - unknown.length} stacks that could be looked at are as they were applied.`
      : `**${drifted.length} of ${stacks.length} stacks are no longer as they were applied.** The next apply puts back what is declared.`;
  const lost = drifted.flatMap(({ name, resources }) =>
    resources.flatMap(({ address, lost: what }) =>
      what === undefined ? [] : [`> - **${name}** ${codeText(address)} is gone, and with it ${what}`],
    ),
  );
  return [
    "## Drift",
    "",
    head,
    ...(lost.length === 0 ? [] : ["", "> [!CAUTION]", ...lost]),
    ...(unknown.length === 0 ? [] : ["", "Could not be looked at:", "", ...unknown.flatMap(reasons)]),
    ...drifted.flatMap((stack) => ["", details(stack)]),
    "",
  ].join("\n");
}

function reasons({ name, findings }: StackDrift): readonly string[] {
  if (findings.length === 0) return [`- **${name}**`];
  return findings.map(({ code, got }) => `- **${name}** ${code}: ${escapedText(got)}`);
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
