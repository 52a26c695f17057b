import { awsRefusal, type Check } from "../define";
import { isObject, type ValueObject } from "../../values/value";

/** The object that a text is JSON of, undefined when it is not. */
export function parseJsonObject(text: string): ValueObject | undefined {
  try {
    const parsed = JSON.parse(text) as ValueObject;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The attribute must hold a JSON object. */
export function isJson(path: string, words: { readonly doing: string; readonly call: string }): Check {
  return (it) => {
    const text = it.text(path);
    if (text === undefined || parseJsonObject(text) !== undefined) return;
    const message = `"${path}" contains an invalid JSON`;
    throw awsRefusal(it, { ...words, code: "InvalidParameterValue", message, fix: `Write ${path} as JSON.`, path });
  };
}
