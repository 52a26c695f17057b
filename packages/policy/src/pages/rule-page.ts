import type { Rule } from "../rule/rule";

/** What a rule's `judges` names, by what it is on. */
const JUDGED = { resource: "Resource types", manifest: "Kinds", root: "Blocks of a stack" } as const;

/** The page of one rule, in Markdown. */
export function rulePage(rule: Rule): string {
  const example = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
  return `${[
    `# ${rule.id}: ${rule.title}`,
    `- Severity: ${rule.severity}\n- Source: ${rule.source}\n- ${JUDGED[rule.on]}: ${rule.judges.map((each) => `\`${each}\``).join(", ")}`,
    rule.why,
    `Wanted: ${rule.want}.`,
    `What to do: ${rule.fix}.`,
    "Breaks the rule:",
    example(rule.fails),
    "Keeps it:",
    example(rule.passes),
    ...(rule.on === "root"
      ? []
      : ["A service that has to leave the rule for a while says so in a [deviation](../deviations.md) with this id."]),
  ].join("\n\n")}\n`;
}

/** All rules, one line each, in Markdown. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, title, severity, source }) => `| [${id}](guardrails/${id}.md) | ${title} | ${severity} | ${source} |`,
  );
  return ["| rule | what holds | severity | source |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
