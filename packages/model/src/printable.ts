/** How colours are switched on and off. */
const COLOUR = String.raw`\u001b\[[\d;]*m`;

/** Characters that move the cursor, or that nobody sees. An end of line and a tab are none of them. */
const UNSEEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;
const UNSEEN_OR_COLOUR = new RegExp(`${COLOUR}|${UNSEEN.source}`, "gu");

/**
 * What the runner of GitHub takes for a command to it: `::add-mask::x` where a line begins, with anything before it that
 * is not seen, and `##[add-mask]x` anywhere. Read in `ActionCommand.cs` of actions/runner.
 */
const COMMAND = /^([^\p{L}\p{N}\p{P}\p{S}\n]*)::|(#\p{M}*#\p{M}*)\[/gmu;

/**
 * A text as it may be printed, whoever wrote it: what is not seen is written as `\u001b`, and so is what would begin a
 * command to the machine that runs a workflow. In a JSON document it means the same as before.
 *
 * @param coloured leaves colours as they are
 */
export function printable(text: string, coloured = false): string {
  return text
    .replaceAll(coloured ? UNSEEN_OR_COLOUR : UNSEEN, (found) => (found.length > 2 ? found : escaped(found)))
    .replaceAll(COMMAND, (_, before?: string, hashes?: string) =>
      hashes === undefined ? `${before}\\u003a:` : `${hashes}\\u005b`,
    );
}

/** Whether a text is one line that can be printed as it is. */
export function isPrintable(text: string): boolean {
  return !/[\n\t]/.test(text) && printable(text) === text;
}

function escaped(unseen: string): string {
  return [...Array(unseen.length).keys()]
    .map((at) => `\\u${unseen.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}
