import path from "node:path";
import { pythonRoom } from "@paved/python";
import { builtInFaults } from "./built-in-kinds";
import { type CrdPin, CRDS } from "./crd-pins";
import { CustomKinds } from "./custom-kinds";
import type { Fault } from "./fault";
import { Bench, type BenchOptions } from "../bench";
import { type Judgement, notWhole, type PlacedComplaint } from "../judgement";
import { environmentsOf, type ManifestFile, readManifests } from "../manifests";

/** What {@link judgeSchemas} needs beside the manifests. */
export interface SchemaOptions extends BenchOptions {
  /** Version of Kubernetes by environment, as `1.36`. */
  readonly kubernetes: Readonly<Record<string, string>>;
  /** CRDs of the custom kinds. @default - those of the platform's add-ons */
  readonly crds?: readonly CrdPin[];
}

/** The judgement of manifests by their schemas. */
export interface SchemaJudgement extends Judgement {
  /** By environment, how many manifests of each kind had a schema and were validated, by `apiVersion kind`. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const JUDGE = "schemas";

/**
 * Validates every manifest below `<gitops>/<environment>/` against a schema that is not ours: built-in kinds against
 * those of Kubernetes, custom kinds against the CRDs of their projects. A manifest whose kind has no schema is a
 * complaint.
 * @throws PavedError PVD2014 when a judge or a schema cannot be had
 */
export async function judgeSchemas(gitops: string, options: SchemaOptions): Promise<SchemaJudgement> {
  const bench = new Bench(options);
  const { versions } = await pythonRoom(bench.room);
  const custom = await CustomKinds.load(bench, options.crds ?? CRDS);
  const parts = [];
  for (const environment of environmentsOf(gitops)) {
    const manifests = readManifests(path.join(gitops, environment));
    const version = options.kubernetes[environment];
    parts.push({ environment, version, judged: await judgeAll(bench, custom, version, manifests) });
  }
  const blind = parts.flatMap(({ environment, version, judged }) => [
    ...(version === undefined ? [notWhole(JUDGE, environment, "no Kubernetes version", "that of its cluster")] : []),
    ...(judged.length === 0 ? [notWhole(JUDGE, environment, "0 manifests", "at least one")] : []),
  ]);
  const nothing = parts.length === 0 ? [notWhole(JUDGE, "all", "no environment", "manifests to judge")] : [];
  return {
    judge: JUDGE,
    version: `kubernetes-validate ${versions["kubernetes-validate"]}, ${(options.crds ?? CRDS).length} CRDs`,
    environments: Object.fromEntries(parts.map(({ environment, judged }) => [environment, count(judged)])),
    kinds: Object.fromEntries(parts.map(({ environment, judged }) => [environment, kindsOf(judged)])),
    complaints: parts.flatMap(({ environment, judged }) => judged.flatMap((each) => toComplaints(each, environment))),
    findings: [...nothing, ...blind],
  };
}

interface Judged {
  readonly manifest: ManifestFile;
  readonly faults: readonly Fault[];
}

async function judgeAll(
  bench: Bench,
  custom: CustomKinds,
  version: string | undefined,
  manifests: readonly ManifestFile[],
): Promise<Judged[]> {
  const asked = manifests.filter(({ broken }) => broken === undefined);
  // Kubernetes' schema of a ConfigMap stands in for the metadata that every kind has and no CRD describes.
  const documents = asked.map((manifest) => (custom.has(manifest) ? metadataOnly(manifest) : manifest.content));
  const answers = version === undefined ? [] : await builtInFaults(bench, version, documents);
  const builtIn = new Map(asked.map((manifest, index) => [manifest, answers[index] ?? []]));
  return manifests.map((manifest) => {
    if (manifest.broken !== undefined) return { manifest, faults: [{ rule: "unreadable", title: manifest.broken }] };
    const own = custom.has(manifest) ? custom.faultsOf(manifest) : [];
    return { manifest, faults: [...builtIn.get(manifest)!, ...own] };
  });
}

function metadataOnly({ content }: ManifestFile): unknown {
  const { metadata } = content as { readonly metadata?: unknown };
  return { apiVersion: "v1", kind: "ConfigMap", metadata };
}

function hasSchema({ faults }: Judged): boolean {
  return faults.every(({ rule }) => rule !== "no-schema" && rule !== "unreadable");
}

function count(judged: readonly Judged[]) {
  const failed = judged.filter(({ faults }) => faults.length > 0).length;
  const applicable = Object.keys(kindsOf(judged)).length;
  return { scanned: judged.length, applicable, passed: judged.length - failed, failed };
}

function kindsOf(judged: readonly Judged[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const each of judged.filter(hasSchema)) {
    const kind = `${each.manifest.apiVersion} ${each.manifest.kind}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

function toComplaints({ manifest, faults }: Judged, environment: string): PlacedComplaint[] {
  const { kind, name, file } = manifest;
  const place = { environment, where: file, kind, subject: kind === "" ? file : `${kind}/${name}` };
  return faults.map(({ rule, title }) => ({ judge: JUDGE, rule, title, ...place }));
}
