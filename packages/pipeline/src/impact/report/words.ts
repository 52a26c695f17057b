import type { AttributeDifference } from "../../difference/attributes";
import type { Action, Effect } from "../effects";
import type { ActionCounts } from "../impact";

/** In which order actions are said: what cannot be undone first. */
export const ACTION_ORDER: readonly Action[] = [
  "destroy",
  "replace",
  "update",
  "create",
  "import",
  "forget",
  "move",
  "settings",
];

/** What happens to a resource, in a word. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  destroy: "destroyed",
  replace: "replaced",
  update: "updated in place",
  create: "created",
  import: "taken over as it stands",
  forget: "forgotten, and kept",
  move: "moved in the state",
  settings: "treated otherwise by OpenTofu",
};

/** A sign for each action, as OpenTofu writes them. */
export const ACTION_SIGNS: Readonly<Record<Action, string>> = {
  destroy: "-",
  replace: "-/+",
  update: "~",
  create: "+",
  import: "<-",
  forget: ".",
  move: "→",
  settings: "·",
};

/** `2 destroyed, 1 replaced`; nothing when nothing happens. */
export function countsInWords(counts: ActionCounts): string {
  return ACTION_ORDER.filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} ${ACTION_WORDS[action]}`)
    .join(", ");
}

/** Dollars a month, with its sign: `+12.50`. */
export function dollars(monthly: number): string {
  return `${monthly < 0 ? "-" : "+"}${Math.abs(monthly).toFixed(2)}`;
}

const LONGEST_VALUE = 300;

/**
 * Text with its signs that steer what shows it written out: a line break, which a log may take for a line of its own and a
 * command, what moves a cursor, and what turns the direction of reading.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => {
    const known: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    return known[sign] ?? `\\u{${sign.codePointAt(0)!.toString(16)}}`;
  });
}

/** A value for people, in one line: as JSON, cut when it is long. */
export function valueInWords(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = visibleText(typeof value === "string" ? value : JSON.stringify(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
}

/** `visibility_timeout_seconds: 30 → 60` */
export function differenceInWords({ path, before, after }: AttributeDifference): string {
  return `${visibleText(path)}: ${valueInWords(before)} → ${valueInWords(after)}`;
}

/** Why a resource is replaced, or reached; empty when it says so itself. */
export function becauseInWords({ action, because }: Effect): string {
  if (because.length === 0) return "";
  return action === "replace" ? `cannot be changed in place: ${because.join(", ")}` : `names ${because.join(", ")}`;
}
