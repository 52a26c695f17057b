import { type Finding, PavedError } from "@paved/model";

/** A Kubernetes object as it is written for delivery. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Model {
  validate(): void;
  toJSON(): unknown;
}

/**
 * Checks a typed Kubernetes model against its own schema and turns it into plain data.
 *
 * @param where the construct it is rendered for
 * @throws PavedError PVD1028 when the schema refuses it
 */
export function rendered(model: Model, where: string): Manifest {
  const plain = JSON.parse(JSON.stringify(model.toJSON())) as Manifest;
  try {
    model.validate();
  } catch (error) {
    throw new PavedError(refusal(error, plain, where));
  }
  return plain;
}

function refusal(error: unknown, manifest: Manifest, where: string): Finding {
  return {
    code: "PVD1028",
    where,
    got: `${manifest.kind} ${manifest.metadata.name}: ${error instanceof Error ? error.message : String(error)}`,
    want: `what the ${manifest.apiVersion} schema accepts`,
    fix: "correct the golden path input that leads to it",
  };
}
