import { Refusal } from "../../protocol/diagnostics";
import type { AttributeSchema } from "../../schema/model";
import { sameValue } from "../../values/equality";
import { isEmpty, type ValueObject } from "../../values/value";
import type { Query } from "./define";

/** Arguments that say how to read, not what. */
const MANNERS = new Set(["region", "with_decryption", "id"]);

/** Finds the one applied object of the same type that has the given arguments, as most data sources do. @throws Refusal */
export function lookUpApplied(query: Query): ValueObject {
  const given = query.block.attributes.filter(
    (attribute) => isArgument(attribute) && !isEmpty(query.values[attribute.name]),
  );
  const found = query.candidates.filter((candidate) =>
    given.every(
      ({ name, type }) => !(name in candidate.values) || sameValue(type, query.values[name], candidate.values[name]),
    ),
  );
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return { ...only.values };
  const asked = given.map(({ name }) => name).join(", ") || "no arguments";
  if (only === undefined) {
    throw new Refusal(
      `no matching ${query.type} found`,
      `Nothing applied has the given ${asked}. Apply the stack that makes it first.`,
      firstPath(given),
    );
  }
  throw new Refusal(
    `multiple ${query.type} matched`,
    `${found.length} have the given ${asked}. Ask for one of them more exactly.`,
    firstPath(given),
  );
}

function isArgument({ name, optional, required }: AttributeSchema): boolean {
  return (optional || required) && !MANNERS.has(name);
}

function firstPath([first]: readonly AttributeSchema[]): string[] {
  return first === undefined ? [] : [first.name];
}
