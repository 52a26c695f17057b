import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "./workspace";

/** A manifest that Argo CD delivers, as synth wrote it. */
export interface DeliveredFile {
  readonly environment: string;
  /** Unit of delivery: a service, `platform` or `_argocd`. */
  readonly unit: string;
  /** Name of the file. */
  readonly name: string;
  readonly text: string;
}

/** Reads what is delivered in the environments, sorted; an environment without services delivers nothing. */
export function readDelivered({ gitops }: Workspace, environments: readonly string[]): readonly DeliveredFile[] {
  return environments.flatMap((environment) =>
    entries(path.join(gitops, environment)).flatMap((unit) =>
      entries(path.join(gitops, environment, unit)).map((name) => {
        const text = readFileSync(path.join(gitops, environment, unit, name), "utf8");
        return { environment, unit, name, text };
      }),
    ),
  );
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
