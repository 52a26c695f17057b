import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Findings } from "@paved/model";
import { parse } from "yaml";
import { damagedOutput, parseOutput, readOutputFile } from "./output-file";
import type { Workspace } from "./workspace";

/** A manifest that is delivered, as synth wrote it. */
export interface DeliveredFile {
  readonly environment: string;
  /** Unit of delivery: a service, `platform`, `_argocd` or `_flux`. */
  readonly unit: string;
  /** Name of the file. */
  readonly name: string;
  readonly text: string;
  /** Where it was read from, relative to the workspace. */
  readonly file: string;
}

/**
 * Reads what is delivered in the environments, sorted; an environment without services delivers nothing.
 * @throws PavedError PVD2009 for a file that cannot be read
 */
export function readDelivered(workspace: Workspace, environments: readonly string[]): readonly DeliveredFile[] {
  const { gitops, root } = workspace;
  return environments.flatMap((environment) =>
    entries(path.join(gitops, environment)).flatMap((unit) =>
      entries(path.join(gitops, environment, unit)).map((name) => {
        const full = path.join(gitops, environment, unit, name);
        const text = readOutputFile(workspace, full, "a manifest");
        return { environment, unit, name, text, file: path.relative(root, full) };
      }),
    ),
  );
}

type ReadManifests = readonly (readonly [DeliveredFile, object])[];

/** To read them is most of what a check does, and several checks look at the same. */
const known = new WeakMap<readonly DeliveredFile[], ReadManifests>();

/**
 * What each file says, with the file; the same files are read once.
 * @throws PavedError PVD2009 for each that is empty or damaged
 */
export function manifestsIn(files: readonly DeliveredFile[]): ReadManifests {
  const manifests = known.get(files) ?? readManifests(files);
  known.set(files, manifests);
  return manifests;
}

function readManifests(files: readonly DeliveredFile[]): ReadManifests {
  const findings = new Findings();
  const read = files.map((each) => {
    const manifest = findings.collect(() => manifestIn(each));
    return [each, manifest ?? {}] as const;
  });
  findings.throwIfAny();
  return read;
}

function manifestIn({ text, file }: DeliveredFile): object {
  const want = "a manifest, as synth writes it";
  const manifest = parseOutput(text, parse, file, want) as { kind?: unknown; metadata?: { name?: unknown } | null };
  if (typeof manifest.kind === "string" && typeof manifest.metadata?.name === "string") return manifest;
  throw damagedOutput(file, "no kind, or no name", want);
}

/** Writes what is delivered into a folder, for tools that read files: `<environment>/<unit>/<name>`. */
export function writeDelivered(files: readonly DeliveredFile[], folder: string): void {
  for (const { environment, unit, name, text } of files) {
    mkdirSync(path.join(folder, environment, unit), { recursive: true });
    writeFileSync(path.join(folder, environment, unit, name), text);
  }
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
