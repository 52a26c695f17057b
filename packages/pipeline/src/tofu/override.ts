import { literal } from "@paved/model";
import type { Import } from "../imports/taken-over";

/** Name of the file that swaps the backend in the sandbox; OpenTofu merges it over `cdk.tf.json`. */
export const OVERRIDE_FILE = "paved_override.tf.json";

/** The override that keeps a stack's state in a local file instead of the cloud. */
export function sandboxOverride(stateFile: string): string {
  return `${JSON.stringify({ terraform: { backend: { local: { path: stateFile } } } }, null, 2)}\n`;
}

/** Name of the file with imports whose ids only a state knows. */
export const IMPORTS_FILE = "paved_imports.tf.json";

/** Imports as OpenTofu reads them. */
export function importBlocks(imports: readonly Import[]): string {
  return `${JSON.stringify({ import: imports.map(({ address, id }) => ({ to: address, id: literal(id) })) }, null, 2)}\n`;
}

/** A root without encryption, for a state in a local file: there is no KMS, and no override can undo what is enforced. */
export function withoutEncryption(json: string): string {
  const root = JSON.parse(json) as Root;
  const { encryption, ...terraform } = root.terraform ?? {};
  return encryption === undefined ? json : `${JSON.stringify({ ...root, terraform }, null, 2)}\n`;
}

/** A root that holds nothing and has its state in a file, encrypted as the stack's. */
export function rescueRoot(json: string, stateFile: string): string {
  const { encryption } = (JSON.parse(json) as Root).terraform ?? {};
  return `${JSON.stringify({ terraform: { backend: { local: { path: stateFile } }, encryption } }, null, 2)}\n`;
}

interface Root {
  readonly terraform?: { readonly encryption?: unknown };
}
