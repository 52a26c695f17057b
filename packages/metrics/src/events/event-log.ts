import { EVENT_VERSION, eventSchema, type PavedEvent } from "./event";

/** What a log, or several together, came to. */
export interface EventLog {
  /** Each once, the earliest first, in whatever order the lines were. */
  readonly events: readonly PavedEvent[];
  /** Lines that say nothing: cut off, or written over; counted from 1 in the file that has them. */
  readonly damaged: readonly { readonly file: string; readonly line: number }[];
  /** Lines of a later version than this reader's, which are left out. */
  readonly newer: number;
}

/** A file of the log. */
export interface LogFile {
  /** How it is called in {@link EventLog.damaged}. */
  readonly name: string;
  readonly text: string;
}

/** An event as its line of the log, without the end of the line. */
export function formatEvent({ at, ...event }: PavedEvent): string {
  return JSON.stringify({ version: EVENT_VERSION, ...event, at: new Date(at).toISOString() });
}

/** What files of the log say. A line that cannot be read costs that line alone. */
export function readEvents(files: readonly LogFile[]): EventLog {
  const read = files.flatMap(({ name: file, text }) =>
    text.split("\n").flatMap((line, index) => {
      if (line.trim() === "") return [];
      return [{ file, line: index + 1, event: readEvent(line) }];
    }),
  );
  const events = read.flatMap(({ event }) => (typeof event === "object" ? event : []));
  return {
    events: once(events.toSorted(byTime)),
    damaged: read.filter(({ event }) => event === "damaged").map(({ file, line }) => ({ file, line })),
    newer: read.filter(({ event }) => event === "newer").length,
  };
}

function readEvent(line: string): PavedEvent | "damaged" | "newer" {
  const data = parsed(line);
  if (typeof data === "object" && data !== null && "version" in data && Number(data.version) > EVENT_VERSION) {
    return "newer";
  }
  const result = eventSchema.safeParse(data);
  if (!result.success) return "damaged";
  const { at, version: _version, ...event } = result.data;
  return { ...event, at: Date.parse(at) };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** By time, and where that is the same by anything at all that does not depend on the order of lines. */
function byTime(a: PavedEvent, b: PavedEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id === b.id ? compare(formatEvent(a), formatEvent(b)) : compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function once(events: readonly PavedEvent[]): readonly PavedEvent[] {
  const seen = new Set<string>();
  return events.filter(({ id }) => !seen.has(id) && seen.add(id));
}
