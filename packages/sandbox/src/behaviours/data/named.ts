import { Refusal } from "../../protocol/diagnostics";
import type { ValueObject } from "../../values/value";
import type { Facts } from "../facts";
import { type DataBehaviour, defineData, type Query } from "./define";

/** A data source that finds one applied object of its type by one attribute that names it. */
export function defineNamed(words: {
  readonly type: string;
  /** The argument, and the attribute of the object unless {@link of} says another. */
  readonly by: string;
  /** Attribute of the object. @default - as the argument */
  readonly of?: string;
  /** How both are written when they are compared. @default - as they are */
  readonly as?: (name: string) => string;
  /** What the provider says when there is none. */
  readonly absent: (name: string) => string;
  /** Attributes that the object does not have under the same name. @default - none */
  readonly more?: (found: Facts, query: Query) => ValueObject;
}): DataBehaviour {
  const { type, by, of = by, as = (name) => name, absent, more = () => ({}) } = words;
  return defineData({
    type,
    read: (query) => {
      const name = query.text(by) ?? "";
      const found = query.candidates.find((candidate) => as(candidate.text(of) ?? "") === as(name));
      if (found !== undefined) return { ...found.values, ...more(found, query) };
      const detail = `Nothing applied is called ${name} in ${query.place.region}. Apply the stack that makes it first, or correct the name.`;
      throw new Refusal(absent(name), detail, [by]);
    },
  });
}
