import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/** What a synth wrote, read without any of the pipeline's own code: each stack's root, and each manifest, by name. */
export type Written = ReadonlyMap<string, unknown>;

/** Reads an output directory whole. */
export function readWritten(output: string): Written {
  const files = fs
    .readdirSync(output, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"));
  return new Map(
    files
      .filter((file) => /^stacks\/[^/]+\/cdk\.tf\.json$|^gitops\/.*\.yaml$/.test(file))
      .map((file) => {
        const text = fs.readFileSync(path.join(output, file), "utf8");
        return [file, file.endsWith(".json") ? withoutNotes(JSON.parse(text)) : parse(text)] as const;
      }),
  );
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, each]) => [key, withoutNotes(each)]),
  );
}

/** Stacks of which the root or a manifest is not the same, sorted. */
export function affectedIn(before: Written, after: Written): readonly string[] {
  const roots = new Set(
    [...before.keys(), ...after.keys()].flatMap((file) => /^stacks\/([^/]+)\//.exec(file)?.[1] ?? []),
  );
  const found = new Set<string>();
  for (const file of new Set([...before.keys(), ...after.keys()])) {
    if (isDeepStrictEqual(before.get(file), after.get(file))) continue;
    const [, stack] = /^stacks\/([^/]+)\//.exec(file) ?? [];
    const [, environment, unit] = /^gitops\/([^/]+)\/([^/]+)\//.exec(file) ?? [];
    const manifest = (after.get(file) ?? before.get(file)) as Manifest;
    const part = manifest.metadata?.labels?.["app.kubernetes.io/part-of"];
    const names = [part, unit, "platform"].map((each) => `${environment}-${each}`);
    found.add(stack ?? (names.find((name) => roots.has(name)) as string));
  }
  return [...found].toSorted();
}

interface Manifest {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}
