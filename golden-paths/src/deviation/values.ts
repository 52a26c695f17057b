import { createHash } from "node:crypto";
import type { CoveredElement } from "@paved/modules";

/** Longest value that is said in full; of a longer one, its digest says that it is another. */
const LONGEST = 200;

type Leaves = ReadonlyMap<string, string>;

function leavesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((each, index) => leavesOf(each, `${path}[${index}]`));
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, each]) => leavesOf(each, path === "" ? key : `${path}.${key}`));
  }
  return value === undefined ? [] : [[path, said(JSON.stringify(value))]];
}

function said(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.length} characters, sha256 ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** Whether a path leads into what stands at another; everything stands at none. */
function isWithin(path: string, outer: string): boolean {
  return outer === "" || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

/** What a change makes of a thing, each value with its path: `spec.replicas is 1`, `spec.paused is taken out`. */
export function changedValues(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map((each): Leaves => new Map(leavesOf(each, ""))) as [Leaves, Leaves];
  const set = [...is].filter(([path, value]) => was.get(path) !== value);
  const stands = (path: string): boolean => [...is.keys()].some((each) => each === path || isWithin(each, path));
  const gone = [...was.keys()].filter((path) => !stands(path));
  return [
    ...set.map(([path, value]) => `${path} is ${value}`),
    ...gone.map((path) => `${path} is taken out`),
  ].toSorted();
}

/**
 * The same of what a deviation covers in a stack.
 * @param root what the stack synthesized to
 */
export function coveredValues(covered: readonly CoveredElement[], root: unknown): readonly string[] {
  return covered.flatMap(({ address, path, attributes }) => {
    const written = path.reduce<unknown>((rest, key) => (rest as Fields | undefined)?.[key], root);
    if (written === undefined) return [`${address} is taken out`];
    const { "//": _, ...all } = typeof written === "object" ? (written as Fields) : { value: written };
    const names = attributes ?? Object.keys(all);
    return names.flatMap((name) =>
      name in all
        ? leavesOf(all[name], `${address} ${name}`).map(([leaf, value]) => `${leaf} is ${value}`)
        : [`${address} ${name} is taken out`],
    );
  });
}

type Fields = Readonly<Record<string, unknown>>;
