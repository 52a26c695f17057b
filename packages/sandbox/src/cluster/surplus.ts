import type { Fields } from "./cluster";
import { isInternal, SHARED } from "./read";

type Part = Readonly<Record<string, unknown>>;

/**
 * What somebody added to maps that are written from here, or that everybody adds to: a patch that takes it away, which
 * server-side apply does not, since the entries are somebody else's.
 * @param sent what was written
 * @param live what there is afterwards
 * @returns undefined when nothing was added
 */
export function surplusOf(sent: Part, live: Part, fields: Fields): Part | undefined {
  const patch: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const [ours, theirs] = [sent[name] as Part | undefined, live[name] as Part | undefined];
    if (theirs === undefined || (ours === undefined && !SHARED.has(name))) continue;
    const part =
      field.form === "map"
        ? addedTo(name, ours ?? {}, theirs)
        : field.form === "object" && ours !== undefined
          ? surplusOf(ours, theirs, field.fields)
          : undefined;
    if (part !== undefined) patch[name] = part;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function addedTo(name: string, ours: Part, theirs: Part): Part | undefined {
  const added = Object.keys(theirs).filter(
    (key) => !Object.hasOwn(ours, key) && !(SHARED.has(name) && isInternal(key)),
  );
  return added.length === 0 ? undefined : Object.fromEntries(added.map((key) => [key, null]));
}
