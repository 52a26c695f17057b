import { findSourceMap } from "node:module";
import type { Construct } from "constructs";

const ORIGIN = "paved:origin";
/** Mark of an instance of a golden path. */
export const GOLDEN_PATH = "paved:golden-path";
/** Mark of what a module makes: resources below it are vetted. */
export const MODULE = "paved:module";

/** A file of the workspace in which a service or platform team says what it wants. */
const USER_FILE = /(stacks\/(?:services|src)\/[\w./-]+\.ts)$/;

/**
 * Remembers on the construct which line of the user's file asked for it, so that `paved explain` can name it.
 * Lines outside `stacks/` are not the user's and leave no mark. Also marks the construct as made by a module.
 */
export function recordOrigin(construct: Construct): void {
  construct.node.addMetadata(MODULE, true);
  for (const frame of callers()) {
    const origin = originOfFrame(frame);
    if (origin === undefined) continue;
    construct.node.addMetadata(ORIGIN, origin);
    return;
  }
}

/** Frames as the engine has them: to have each mapped to its source is most of what a stack trace costs. */
function callers(): readonly NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 30;
    Error.prepareStackTrace = (_error, frames) => frames;
    return new Error("origin").stack as unknown as readonly NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The user's file and line by place in the code that runs: constructs are many, places few. */
const origins = new Map<string, string | undefined>();

function originOfFrame(frame: NodeJS.CallSite): string | undefined {
  const place = `${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
  if (!origins.has(place)) origins.set(place, mapped(frame));
  return origins.get(place);
}

function mapped(frame: NodeJS.CallSite): string | undefined {
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (file == null || line === null || column === null) return undefined;
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const source =
    entry !== undefined && "originalSource" in entry ? entry : { originalSource: file, originalLine: line - 1 };
  const [, user] = USER_FILE.exec(source.originalSource) ?? [];
  return user === undefined ? undefined : `${user}:${source.originalLine + 1}`;
}

/** Marks the construct as an instance of a golden path, for example `node-api@1`. */
export function recordGoldenPath(construct: Construct, path: string): void {
  construct.node.addMetadata(GOLDEN_PATH, path);
}

function nearestMark(construct: Construct, type: string): string | undefined {
  for (const scope of construct.node.scopes.toReversed()) {
    const mark = scope.node.metadata.find((entry) => entry.type === type);
    if (mark !== undefined) return String(mark.data);
  }
  return undefined;
}

/** The user's file and line nearest to the construct, for example `stacks/services/orders.ts:4`. */
export function originOf(construct: Construct): string | undefined {
  return nearestMark(construct, ORIGIN);
}

/** The golden path the construct belongs to, for example `node-api@1`. */
export function goldenPathOf(construct: Construct): string | undefined {
  return nearestMark(construct, GOLDEN_PATH);
}
