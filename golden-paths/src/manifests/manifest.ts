import { type Finding, PavedError, shown } from "@paved/model";

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
  try {
    // What cannot be written is refused as well: a circle, for example.
    const plain = JSON.parse(JSON.stringify(model.toJSON())) as Manifest;
    model.validate();
    return plain;
  } catch (error) {
    throw new PavedError(refusal(error, model, where));
  }
}

function refusal(error: unknown, model: Model, where: string): Finding {
  const { apiVersion, kind, metadata } = model as Partial<Manifest>;
  const name = typeof metadata?.name === "string" ? metadata.name : shown(metadata?.name);
  return {
    code: "PVD1028",
    where,
    got: `${kind} ${name}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 4000),
    want: `what the ${apiVersion} schema accepts`,
    fix: "correct the golden path input that leads to it",
  };
}
