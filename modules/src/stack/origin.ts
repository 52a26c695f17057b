import type { Construct } from "constructs";

const ORIGIN = "paved:origin";
/** Mark of an instance of a golden path. */
export const GOLDEN_PATH = "paved:golden-path";
/** Mark of what a module makes: resources below it are vetted. */
export const MODULE = "paved:module";

/** A file of the workspace in which a service or platform team says what it wants. */
const USER_FRAME = /(stacks\/(?:services|src)\/[\w./-]+\.ts):(\d+)/;

/**
 * Remembers on the construct which line of the user's file asked for it, so that `paved explain` can name it.
 * Lines outside `stacks/` are not the user's and leave no mark. Also marks the construct as made by a module.
 */
export function recordOrigin(construct: Construct): void {
  construct.node.addMetadata(MODULE, true);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const trace = new Error("origin").stack ?? "";
  Error.stackTraceLimit = limit;
  for (const frame of trace.split("\n").slice(1)) {
    const found = USER_FRAME.exec(frame);
    if (found !== null) {
      construct.node.addMetadata(ORIGIN, `${found[1]}:${found[2]}`);
      return;
    }
  }
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
