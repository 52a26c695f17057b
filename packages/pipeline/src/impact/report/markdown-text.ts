import { visibleText } from "./words";

/** Text that is none of Markdown's or HTML's. */
export function escapedText(text: string): string {
  const signs: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;" };
  return visibleText(text.replace(/\s+/g, " ")).replace(/[\\`*_{}[\]<>|#@]/g, (sign) => signs[sign] ?? `\\${sign}`);
}

/** Text as it is, in one line; the fence is longer than any row of backticks in it. */
export function codeText(text: string): string {
  const line = visibleText(text.replace(/\s+/g, " "));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

/** Lines that are shown when somebody asks for them. */
export function foldedSection(title: string, lines: readonly string[]): string {
  return [`<details><summary>${escapedText(title)}</summary>`, "", ...lines, "", "</details>"].join("\n");
}

/**
 * Sections after a head, as many as fit: what does not is counted, since a report that is cut must say so.
 * @param where the whole of it can be had
 */
export function withinLimit(head: string, sections: readonly string[], limit: number, where: string): string {
  let text = head.length > limit ? `${head.slice(0, Math.max(0, limit - 200))}\n…` : head;
  let left = 0;
  for (const section of sections) {
    if (left === 0 && text.length + section.length + 200 <= limit) text += `\n\n${section}`;
    else left += 1;
  }
  return left === 0 ? `${text}\n` : `${text}\n\n${left} more sections do not fit here; \`${where}\` has all.\n`;
}
