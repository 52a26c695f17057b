import { isDeepStrictEqual } from "node:util";

/** One attribute that is not as it was. */
export interface AttributeDifference {
  /** Where, from the top: `versioning_configuration.status`, `ingress[0].cidr_blocks`. */
  readonly path: string;
  /** @default - it was not set */
  readonly before?: unknown;
  /** @default - it is not set any more */
  readonly after?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What differs between two values, as deep as both are objects, or lists of the same length. Policies and other documents
 * that are written as JSON in a text are looked into as well.
 */
export function attributeDifferences(before: unknown, after: unknown, path = ""): readonly AttributeDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [a, b] = [unfolded(before), unfolded(after)];
  if (isFields(a) && isFields(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
    return keys.flatMap((key) => attributeDifferences(a[key], b[key], path === "" ? key : `${path}.${key}`));
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((each, index) => attributeDifferences(each, b[index], `${path}[${index}]`));
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
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
