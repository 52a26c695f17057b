import path from "node:path";
import { type FleetIndex, parseFleetIndex, type StackEntry } from "@paved/model";
import { type DeliveredFile, readDelivered } from "./delivered";
import { parseOutput, readOutputFile } from "./output-file";
import { readStanding } from "./standing-output";
import type { Workspace } from "./workspace";

/** A synthesized stack with its OpenTofu root, held in memory so that a later synth cannot change a run half way. */
export interface FleetStack extends StackEntry {
  /** The text of `cdk.tf.json`, exactly as synthesized. */
  readonly json: string;
}

/** What one synth wrote, as a run uses it. */
export interface Fleet {
  readonly index: FleetIndex;
  readonly stacks: readonly FleetStack[];
  readonly delivered: readonly DeliveredFile[];
}

/**
 * Reads the index of the last synth.
 * @throws PavedError PVD2009 when there is none, or it is not as synth writes it
 */
export function readIndex(workspace: Workspace): FleetIndex {
  return parseFleetIndex(readRawIndex(workspace), path.relative(workspace.root, workspace.index));
}

/**
 * The same as it is written, by whichever version of Paved.
 * @throws PavedError PVD2009 when there is none, or it is no JSON
 */
export function readRawIndex(workspace: Workspace): object {
  const want = "the index that synth writes";
  const text = readOutputFile(workspace, workspace.index, want);
  return parseOutput(text, JSON.parse, path.relative(workspace.root, workspace.index), want);
}

/**
 * Reads the index, the OpenTofu root of every stack that the index names, and what is delivered in its environments; no
 * other directory is looked at.
 * @throws PavedError PVD2009 when something of it is not there, or cannot be read
 */
export function readFleet(workspace: Workspace): Fleet {
  return readStanding(workspace.output, () => {
    const index = readIndex(workspace);
    const stacks = index.stacks.map((stack) => ({ ...stack, json: readRoot(workspace, stack) }));
    return {
      index,
      stacks,
      delivered: readDelivered(
        workspace,
        index.environments.map(({ name }) => name),
      ),
    };
  });
}

/**
 * The text of a stack's OpenTofu root.
 * @throws PavedError PVD2009 when it is not there, or no JSON
 */
export function readRoot(workspace: Workspace, stack: Pick<StackEntry, "name" | "directory">): string {
  const file = path.join(workspace.output, stack.directory, "cdk.tf.json");
  const want = `the root of ${stack.name}, which the index names`;
  const text = readOutputFile(workspace, file, want);
  parseOutput(text, JSON.parse, path.relative(workspace.root, file), want);
  return text;
}
