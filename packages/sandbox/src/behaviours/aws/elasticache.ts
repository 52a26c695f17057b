import { awsRefusal, type Check } from "../define";
import type { Instance } from "../instance";

interface Words {
  readonly doing: string;
  readonly call: string;
  readonly code: string;
}

/** ElastiCache keeps names in lower case, however they were written. */
export function lowered(it: Instance, path: string): string {
  return it.text(path)?.toLowerCase() ?? "";
}

function isMade(it: Instance, type: string, name = ""): boolean {
  return it.all(type).some(({ id }) => id.toLowerCase() === name.toLowerCase());
}

/** No other object of the type may have the name, which is its id. */
export function isFree(path: string, words: Words & { readonly message: (it: Instance) => string }): Check {
  const check = (it: Instance): void => {
    if (it.prior !== undefined || !isMade(it, it.type, it.text(path))) return;
    const fix = "Choose another name, or import the existing one if this configuration should manage it.";
    throw awsRefusal(it, { ...words, message: words.message(it), fix, path });
  };
  return Object.assign(check, { reads: [{ path }, { path: "id" }] });
}

/** What the attribute names must exist, or come with AWS. */
export function isThere(
  path: string,
  type: string,
  words: Words & { readonly message: (name: string) => string; readonly given?: (name: string) => boolean },
): Check {
  const check = (it: Instance): void => {
    const named = it.text(path);
    if (!it.changes(path)) return;
    for (const name of named === undefined ? it.texts(path) : [named]) {
      if (words.given?.(name) === true || isMade(it, type, name)) continue;
      const fix = `Apply the ${type} first, or correct ${path}: nothing in this account and region has that name.`;
      throw awsRefusal(it, { ...words, message: words.message(name), fix, path });
    }
  };
  return Object.assign(check, { reads: [{ path }, { type, path: "id" }] });
}
