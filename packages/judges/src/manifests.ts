import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";

/** One document of one YAML file. */
export interface ManifestFile {
  /** Path below the folder that was read, with slashes. */
  readonly file: string;
  /** Empty when the document is not a manifest. */
  readonly apiVersion: string;
  readonly kind: string;
  /** `metadata.name`; empty when it has none. */
  readonly name: string;
  readonly content: unknown;
  /** Why the document cannot be read. @default - it can */
  readonly broken?: string;
}

/** Names of the environments: the folders directly below `gitops`, sorted. */
export function environmentsOf(gitops: string): string[] {
  const entries = readdirSync(gitops, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** Every document of every YAML file below `folder`, sorted by file; a file without a document is one that is broken. */
export function readManifests(folder: string): readonly ManifestFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.ya?ml$/.test(file));
  return files.toSorted().flatMap((file) => documentsIn(folder, file));
}

function documentsIn(folder: string, file: string): ManifestFile[] {
  const place = file.split(path.sep).join("/");
  const documents = [...parseAllDocuments(readFileSync(path.join(folder, file), "utf8"))];
  if (documents.length === 0) return [broken(place, "no document in the file")];
  return documents.map((document) => {
    const [error] = document.errors;
    return error === undefined ? toManifest(place, document.toJS()) : broken(place, error.message.split("\n")[0]!);
  });
}

function toManifest(file: string, content: unknown): ManifestFile {
  const { apiVersion, kind, metadata } = (content ?? {}) as Partial<Record<string, unknown>>;
  if (typeof apiVersion !== "string" || typeof kind !== "string")
    return broken(file, "no apiVersion or no kind", content);
  const name = (metadata as { readonly name?: unknown } | undefined)?.name;
  return { file, apiVersion, kind, name: typeof name === "string" ? name : "", content };
}

function broken(file: string, why: string, content?: unknown): ManifestFile {
  return { file, apiVersion: "", kind: "", name: "", content, broken: why };
}
