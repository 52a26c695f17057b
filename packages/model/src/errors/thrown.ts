import { shown } from "../shown";
import { type Finding, PavedError } from "./paved-error";

/** The line of a service file in a stack trace. */
const SERVICE_LINE = /(stacks\/services\/[\w./-]+\.ts):(\d+)/;
/** Characters of a message that a finding repeats. */
const LONGEST = 4000;

/**
 * Runs code of a service file.
 * @param file the service file, relative to the workspace; when the trace names another, that one is to blame
 * @throws PavedError what the code throws as one; PVD1035 for whatever else it throws, with the line that threw it
 */
export function inServiceFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof PavedError ? error : new PavedError(thrownFinding(error, file));
  }
}

/** PVD1035 for what a service file threw. */
export function thrownFinding(error: unknown, file: string): Finding {
  const [, blamed, line] = SERVICE_LINE.exec(traceOf(error)) ?? [];
  return {
    code: "PVD1035",
    where: blamed ?? file,
    ...(blamed === undefined ? {} : { source: `${blamed}:${line}` }),
    got: messageOf(error),
    want: "a file that says what it wants and throws nothing",
    fix: blamed === undefined ? "find in the file what leads to it" : `correct line ${line}`,
  };
}

/** Whether a service file is in the trace of what was thrown. */
export function isThrownByService(error: unknown): boolean {
  return SERVICE_LINE.test(traceOf(error));
}

function traceOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.stack) : "";
  } catch {
    return "";
  }
}

/** The whole message on one line, with the sort of error in front. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `${shown(error)}, thrown`;
  try {
    const text = `${error.name}: ${error.message}`.replaceAll(/\s*\n\s*/g, " ").trim();
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
  } catch {
    return "an error that cannot be shown";
  }
}
