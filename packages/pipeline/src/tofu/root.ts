import { createHash } from "node:crypto";
import { PavedError } from "@paved/model";

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Root {
  readonly terraform?: { readonly required_providers?: unknown; readonly backend?: unknown };
  readonly module?: unknown;
  readonly resource?: Named;
  readonly data?: Named;
}

/** What a stack's OpenTofu root tells the pipeline. */
export interface RootFacts {
  readonly resourceTypes: readonly string[];
  readonly dataSourceTypes: readonly string[];
  /** What `tofu init` depends on: providers, backend and modules. */
  readonly initInputs: string;
}

/**
 * Reads a stack's OpenTofu root.
 * @throws PavedError PVD2009 when it is not JSON
 */
export function readRootFacts(stack: string, json: string): RootFacts {
  const root = parse(stack, json);
  const { required_providers, backend } = root.terraform ?? {};
  return {
    resourceTypes: Object.keys(root.resource ?? {}).toSorted(),
    dataSourceTypes: Object.keys(root.data ?? {}).toSorted(),
    initInputs: JSON.stringify([required_providers, backend, root.module]),
  };
}

/**
 * Whether OpenTofu refuses to destroy something of a stack.
 * @throws PavedError PVD2009 when its root is not JSON
 */
export function isKept({ name, json }: { readonly name: string; readonly json: string }): boolean {
  const resources = Object.values(parse(name, json).resource ?? {}).flatMap((named) => Object.values(named));
  return resources.some((resource) => {
    const { lifecycle } = resource as { readonly lifecycle?: { readonly prevent_destroy?: unknown } };
    return lifecycle?.prevent_destroy === true;
  });
}

/** A short name for everything that init depends on; when it is the same, init need not run again. */
export function initFingerprint(...inputs: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
}

function parse(stack: string, json: string): Root {
  try {
    return JSON.parse(json) as Root;
  } catch {
    const want = "the JSON that synth writes";
    throw new PavedError({ code: "PVD2009", where: stack, got: "a broken cdk.tf.json", want, fix: "run paved synth" });
  }
}
