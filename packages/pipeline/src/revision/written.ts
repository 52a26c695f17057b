import { parseComparedIndex } from "@paved/model";
import { readDelivered } from "../workspace/delivered";
import { readRawIndex, readRoot } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import type { SynthesizedFleet } from "./synthesized";

/** What one synth wrote, as it wrote it: it is kept so, since a later Paved may read more of it. */
export interface Written {
  /** The index, in the version of the Paved that wrote it. */
  readonly index: unknown;
  /** Text by path below `cdktf.out`: `stacks/<stack>/cdk.tf.json` and `gitops/<environment>/<unit>/*.yaml`. */
  readonly files: Readonly<Record<string, string>>;
}

const WHERE = "paved.json";

/**
 * Reads what the synth of any revision wrote.
 * @throws PavedError PVD2009 when something is missing without which nothing can be compared
 */
export function readWritten(workspace: Workspace): Written {
  const index = readRawIndex(workspace);
  const { stacks, environments } = parseComparedIndex(index, WHERE);
  const roots = stacks.map((stack) => [`${stack.directory}/cdk.tf.json`, readRoot(workspace, stack)] as const);
  const delivered = readDelivered(
    workspace,
    environments.map(({ name }) => name),
  );
  const manifests = delivered.map(
    ({ environment, unit, name, text }) => [`gitops/${environment}/${unit}/${name}`, text] as const,
  );
  return { index, files: Object.fromEntries([...roots, ...manifests]) };
}

/** The same, as far as it is compared. */
export function fleetIn({ index, files }: Written): SynthesizedFleet {
  return { index: parseComparedIndex(index, WHERE), files };
}
