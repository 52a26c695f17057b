import { appendFileSync, statSync } from "node:fs";
import type { CommandContext } from "../command-spec";

/** What GitHub takes of a step's summary, in bytes: of more it shows nothing. */
export const SUMMARY_LIMIT = 1024 * 1024;

/**
 * With `--summary` appends Markdown to the summary of the step that runs, where everybody who sees the run reads it: it
 * takes no right to write there. It is told of what a command did, and never what makes it fail.
 * @param markdown the text, at most so many characters long
 */
export function appendSummary(
  { options, terminal }: Pick<CommandContext, "options" | "terminal">,
  markdown: (limit: number) => string,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  if (options["summary"] !== true) return;
  const file = environment["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return terminal.err("note: no summary: GITHUB_STEP_SUMMARY names no file");
  try {
    // A blank line, so that what stood there before does not run on into it.
    const before = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const text = `${before === 0 ? "" : "\n"}${within(markdown, SUMMARY_LIMIT - before - 1)}`;
    appendFileSync(file, text);
  } catch (error) {
    terminal.err(`note: no summary: ${(error as Error).message}`);
  }
}

/** A character takes up to three bytes; what is written again says how much does not fit. */
function within(markdown: (limit: number) => string, bytes: number): string {
  const least = Math.floor(bytes / 3);
  const isFit = (text: string): boolean => Buffer.byteLength(text) <= bytes;
  const text = markdown(bytes);
  if (isFit(text)) return text;
  if (least < 1000) throw new Error("there is no room left in it");
  return markdown(least);
}
