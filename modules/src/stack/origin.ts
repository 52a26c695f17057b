import { findSourceMap } from "node:module";
import type { Construct } from "constructs";

const ORIGIN = "paved:origin";
/** Mark of an instance of a golden path. */
const GOLDEN_PATH = "paved:golden-path";
/** Mark of what a module makes: resources below it are vetted. It says in which folder the module is. */
export const MODULE = "paved:module";

/** A file of the workspace in which a service or platform team says what it wants. */
const USER_FILE = /(stacks\/(?:services|src)\/[\w./-]+\.ts)$/;
/** A file of a module or golden path, and the folder that is all of it. */
const MODULE_FILE = /((?:modules|golden-paths)\/src\/[\w-]+)\/[\w./-]+\.ts$/;
const THIS_FILE = /modules\/src\/stack\/origin\.ts$/;
/** What only passes a call on: packages, Node.js, and the two files that ask who calls. */
const PASSES_ON = /\/node_modules\/|\/packages-[0-9a-f]+\.js$|^node:|modules\/src\/stack\/(?:origin|making)\.ts$/;

/**
 * Remembers on the construct which line of the user's file asked for it, so that `paved explain` can name it.
 * Lines outside `stacks/` are not the user's and leave no mark. Also marks the construct as made by the module that calls.
 */
export function recordOrigin(construct: Construct): void {
  let maker: Place | undefined;
  let asked: string | undefined;
  for (const frame of callers(30)) {
    const place = placeOf(frame);
    if (place === undefined) continue;
    if (!THIS_FILE.test(place.file)) maker ??= place;
    asked = userPlace(place);
    if (asked !== undefined) break;
  }
  construct.node.addMetadata(MODULE, MODULE_FILE.exec(maker?.file ?? "")?.[1] ?? "");
  if (asked !== undefined) construct.node.addMetadata(ORIGIN, asked);
}

/** Whose code made something. */
export interface Maker {
  /** Whether that is a module's. */
  readonly isModule: boolean;
  /** The line in a user's file. @default - no user's file */
  readonly line: string | undefined;
}

/** The nearest code below a function that is no package's. The constructor of a provider's class is five calls deep. */
export function nearestMaker(below: (...words: never[]) => unknown): Maker {
  for (const frame of callers(8, below)) {
    const file = frame.getFileName();
    if (file == null || PASSES_ON.test(file)) continue;
    const maker = makerAt(frame);
    if (maker !== undefined) return maker;
  }
  return { isModule: false, line: undefined };
}

const knownMakers = new Map<string, Maker | undefined>();

function makerAt(frame: NodeJS.CallSite): Maker | undefined {
  const key = keyOf(frame);
  if (knownMakers.has(key)) return knownMakers.get(key);
  const place = placeOf(frame);
  const line = userPlace(place);
  const isOurs = place !== undefined && !PASSES_ON.test(place.file);
  const maker = isOurs ? { isModule: line === undefined && /modules\/src\//.test(place.file), line } : undefined;
  knownMakers.set(key, maker);
  return maker;
}

/** The nearest line in a user's file that led here, for example `stacks/services/orders.ts:4`. */
export function userLine(): string | undefined {
  return callers(30)
    .map((frame) => userPlace(placeOf(frame)))
    .find((line) => line !== undefined);
}

/** Frames as the engine has them: to have each mapped to its source is most of what a stack trace costs. */
function callers(depth: number, below: (...words: never[]) => unknown = callers): readonly NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = depth;
    Error.prepareStackTrace = (_error, frames) => frames;
    const trace: { stack?: readonly NodeJS.CallSite[] } = {};
    Error.captureStackTrace(trace, below);
    return trace.stack ?? [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A place in the sources. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/** Places in the sources by places in the code that runs: constructs are many, places few. */
const known = new Map<string, Place | undefined>();

function keyOf(frame: NodeJS.CallSite): string {
  return `${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
}

function placeOf(frame: NodeJS.CallSite): Place | undefined {
  const key = keyOf(frame);
  if (!known.has(key)) known.set(key, mapped(frame));
  return known.get(key);
}

function mapped(frame: NodeJS.CallSite): Place | undefined {
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (file == null || line === null || column === null) return undefined;
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  return entry !== undefined && "originalSource" in entry
    ? { file: entry.originalSource, line: entry.originalLine + 1 }
    : { file, line };
}

function userPlace(place: Place | undefined): string | undefined {
  const [, user] = USER_FILE.exec(place?.file ?? "") ?? [];
  return user === undefined ? undefined : `${user}:${place?.line}`;
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

/** Folder of the module that made the construct, for example `modules/src/database`. */
export function moduleOf(construct: Construct): string | undefined {
  return nearestMark(construct, MODULE) || undefined;
}
