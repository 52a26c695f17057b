import { isObject, type Value, type ValueObject } from "../values/value";
import { behaviourOf } from "./registry";

/** A configuration as it is written: JSON, in which a block that there is one of may be the block itself. */
export type Configuration = Readonly<Record<string, unknown>>;

/**
 * Paths of a type whose change replaces the object, out of those that changed: what the provider's documentation says, as
 * the sandbox knows it. Conditions on values hold only as far as the configuration says the values.
 *
 * @param changed dotted paths without list indexes: `metadata.name`
 */
export function replacedBy(
  type: string,
  changed: readonly string[],
  before: Configuration,
  after: Configuration,
): readonly string[] {
  const { replaceOn = [], replaceIf = {} } = behaviourOf(type);
  const [was, is] = [asValue(before), asValue(after)];
  const conditional = Object.keys(replaceIf).filter((path) => replaceIf[path]!(was, is));
  const replacing = [...replaceOn, ...conditional, "region"];
  return changed.filter((path) => replacing.some((each) => touches(path, each)));
}

/** Whether a path is the other, in it, or around it. */
function touches(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

function asValue(configuration: Configuration): ValueObject {
  const value = JSON.parse(JSON.stringify(configuration)) as Value;
  return isObject(value) ? value : {};
}
