import { parse } from "yaml";
import type { SynthesizedFleet } from "../revision/synthesized";
import { type AttributeDifference, attributeDifferences } from "./attributes";

/** A manifest that is not as it was. */
export interface ManifestDifference {
  readonly environment: string;
  /** Unit of delivery: a service, `platform`, `_argocd` or `_flux`. */
  readonly unit: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly change: "added" | "removed" | "changed";
  readonly attributes: readonly AttributeDifference[];
  /** The manifest before and after. @default - it was not, or is not, there */
  readonly before?: Manifest;
  readonly after?: Manifest;
}

/** A manifest, as far as it is read here. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly [field: string]: unknown;
}

/**
 * The stack that a manifest goes with: that of the service that it is a part of, wherever it is delivered; otherwise the
 * platform's.
 * @param stacks names of all stacks
 */
export function ownerOfManifest(
  manifest: Manifest | undefined,
  { environment, unit }: { readonly environment: string; readonly unit: string },
  stacks: ReadonlySet<string>,
): string {
  const part = manifest?.metadata?.labels?.["app.kubernetes.io/part-of"];
  const names = [part, unit].map((each) => `${environment}-${each}`);
  return names.find((name) => stacks.has(name)) ?? `${environment}-platform`;
}

/** What a manifest is called where it stands beside resources: `Role orders/team-read`. */
export function subjectOf({ kind, name, namespace }: Pick<ManifestDifference, "kind" | "name" | "namespace">): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

const FILE = /^gitops\/([^/]+)\/([^/]+)\//;

/** What differs in what two synths deliver, sorted by file. */
export function manifestDifferences(before: SynthesizedFleet, after: SynthesizedFleet): readonly ManifestDifference[] {
  const files = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])].toSorted();
  return files.flatMap((file) => {
    const [, environment, unit] = FILE.exec(file) ?? [];
    if (environment === undefined || unit === undefined) return [];
    const [was, is] = [before.files[file], after.files[file]];
    if (was === is) return [];
    const [old, now] = [was, is].map((text) => (text === undefined ? undefined : (parse(text) as Manifest)));
    const manifest = now ?? old;
    if (manifest === undefined) return [];
    const { kind, metadata } = manifest;
    const change = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    const attributes = change === "changed" ? attributeDifferences(old, now) : [];
    if (change === "changed" && attributes.length === 0) return [];
    const { name, namespace } = metadata;
    return [{ environment, unit, kind, name, namespace, change, attributes, before: old, after: now }];
  });
}

/** The same by the stack that each goes with. */
export function manifestsByStack(
  before: SynthesizedFleet,
  after: SynthesizedFleet,
): ReadonlyMap<string, readonly ManifestDifference[]> {
  const stacks = new Set([before, after].flatMap(({ index }) => index.stacks.map(({ name }) => name)));
  const found = new Map<string, ManifestDifference[]>();
  for (const each of manifestDifferences(before, after)) {
    const name = ownerOfManifest(each.after ?? each.before, each, stacks);
    found.set(name, [...(found.get(name) ?? []), each]);
  }
  return found;
}
