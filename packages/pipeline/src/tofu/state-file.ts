import { readFileSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";

/** A managed object in a state: what the sandbox's store must have, and nothing else. */
export interface ManagedObject {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a state holds, as far as the pipeline reads it. */
export interface StateFacts {
  readonly managed: readonly ManagedObject[];
  readonly dataSourceTypes: readonly string[];
}

interface StateDocument {
  readonly resources?: readonly StateResource[];
}

interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly instances: readonly StateInstance[];
}

interface StateInstance {
  readonly index_key?: string | number;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A state that holds nothing. */
export const EMPTY_STATE: StateFacts = { managed: [], dataSourceTypes: [] };

/**
 * Reads a local state file; no file, and one that was never written to, are an empty state.
 * @throws PavedError PVD3001 when it is damaged
 */
export function readStateFile(file: string): StateFacts {
  try {
    return parseState(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return EMPTY_STATE;
    if (!(error instanceof SyntaxError)) throw error;
    throw new PavedError({
      code: "PVD3001",
      where: path.basename(file),
      got: error.message,
      want: "the state that OpenTofu writes",
      fix: "rehearse, which puts OpenTofu's own backup back, or run paved sandbox reset",
    });
  }
}

/** Reads the text of a state, as in the file or as `tofu state pull` prints it. */
export function parseState(text: string): StateFacts {
  if (text.trim() === "") return EMPTY_STATE;
  const resources = (JSON.parse(text) as StateDocument).resources ?? [];
  const data = resources.filter(({ mode }) => mode === "data").map(({ type }) => type);
  return {
    managed: resources.filter(({ mode }) => mode === "managed").flatMap(objectsOf),
    dataSourceTypes: [...new Set(data)].toSorted(),
  };
}

function objectsOf({ module, type, name, instances }: StateResource): ManagedObject[] {
  const base = [module, type, name].filter(Boolean).join(".");
  return instances.map(({ index_key, attributes = {} }) => ({
    address: index_key === undefined ? base : `${base}[${JSON.stringify(index_key)}]`,
    type,
    // Some types have no id: their objects are known by ARN, else by name.
    id: String(attributes["id"] ?? attributes["arn"] ?? attributes["name"] ?? ""),
    attributes,
  }));
}
