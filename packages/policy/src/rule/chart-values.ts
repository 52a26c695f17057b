import { expressionsIn } from "../expressions";
import { objectIn, texts } from "./attributes";
import type { Attributes } from "./rule";

/** A template that reads a fact as it is: without a text in it, it cannot end the text that it stands in. */
const PLAIN = /^[\w.()[\]-]+$/;

/**
 * The values that a release gives to its chart: one JSON text. What only exists after apply stays in them as a template.
 *
 * @returns nothing when they are more than one text, no JSON, or made by an expression
 */
export function chartValues(attributes: Attributes): Attributes | undefined {
  const [text, ...more] = texts(attributes["values"]);
  if (text === undefined || more.length > 0) return undefined;
  if (expressionsIn(text).some((expression) => !PLAIN.test(expression.text))) return undefined;
  return objectIn(text);
}
