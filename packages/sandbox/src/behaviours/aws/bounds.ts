import { awsRefusal, type Check } from "../define";

/** Numbers that an attribute may have. */
export type Bounds = readonly [least: number, most: number];

/** The attributes must have numbers within their bounds. */
export function isWithin(
  bounds: Readonly<Record<string, Bounds>>,
  words: { readonly doing: string; readonly call: string },
): readonly Check[] {
  return Object.entries(bounds).map(([path, [least, most]]) => {
    const check: Check = (it) => {
      const number = it.number(path);
      if (number === undefined || (number >= least && number <= most)) return;
      const message = `expected ${path} to be in the range (${least} - ${most}), got ${number}`;
      const fix = `Set ${path} to a number from ${least} to ${most}.`;
      throw awsRefusal(it, { ...words, code: "InvalidParameterValue", message, fix, path });
    };
    return Object.assign(check, { reads: [{ path }] });
  });
}
