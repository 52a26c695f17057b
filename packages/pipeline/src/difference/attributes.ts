import { isDeepStrictEqual } from "node:util";
import { isRecord } from "@paved/policy";
import { MASK, masked } from "./masked";

/** One attribute that is not as it was; values that may be secrets are masked. */
export interface AttributeDifference {
  /** Where, from the top: `versioning_configuration.status`, `ingress[0].cidr_blocks`. */
  readonly path: string;
  /** @default - it was not set */
  readonly before?: unknown;
  /** @default - it is not set any more */
  readonly after?: unknown;
}

/** The two values that are compared, and both as they may be shown. */
interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  readonly shownBefore: unknown;
  readonly shownAfter: unknown;
}

/**
 * What differs between two values, as deep as both are objects, or lists of the same length. Policies and other documents
 * that are written as JSON in a text are looked into as well. What may be a secret is told by all that stands around it, so
 * the whole is masked first; that a secret differs is said all the same.
 * @param hide hides more of both, before it is masked. @default - nothing
 */
export function attributeDifferences(
  before: unknown,
  after: unknown,
  path = "",
  hide: (value: unknown) => unknown = (value) => value,
): readonly AttributeDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  return differences(
    { before, after, shownBefore: masked(path, hide(before)), shownAfter: masked(path, hide(after)) },
    path,
  );
}

function differences({ before, after, shownBefore, shownAfter }: Sides, path: string): readonly AttributeDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [a, b] = [unfolded(before), unfolded(after)];
  const [shownA, shownB] = [unfolded(shownBefore), unfolded(shownAfter)];
  const inner = (key: string | number): Sides => ({
    before: partOf(a, key),
    after: partOf(b, key),
    shownBefore: shownPart(shownA, a, key),
    shownAfter: shownPart(shownB, b, key),
  });
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
    return keys.flatMap((key) => differences(inner(key), path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((_each, index) => differences(inner(index), `${path}[${index}]`));
  }
  return [
    {
      path,
      ...(before === undefined ? {} : { before: shownBefore }),
      ...(after === undefined ? {} : { after: shownAfter }),
    },
  ];
}

function partOf(value: unknown, key: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>>)[key];
}

/** A part as it may be shown: of what is masked whole, or is no longer the document that it was, nothing is. */
function shownPart(shown: unknown, value: unknown, key: string | number): unknown {
  const isWhole = (isRecord(shown) && isRecord(value)) || (Array.isArray(shown) && Array.isArray(value));
  return isWhole ? partOf(shown, key) : MASK;
}

/** A text that holds a JSON object, as the object. */
function unfolded(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
