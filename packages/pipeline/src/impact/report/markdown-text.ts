/** Text that is none of Markdown's or HTML's. */
export function escapedText(text: string): string {
  const signs: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;" };
  return text.replace(/[\\`*_{}[\]<>|#@]/g, (sign) => signs[sign] ?? `\\${sign}`).replace(/\s+/g, " ");
}

/** Text as it is, in one line; the fence is longer than any row of backticks in it. */
export function codeText(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

/** Lines that are shown when somebody asks for them. */
export function foldedSection(title: string, lines: readonly string[]): string {
  return [`<details><summary>${escapedText(title)}</summary>`, "", ...lines, "", "</details>"].join("\n");
}
