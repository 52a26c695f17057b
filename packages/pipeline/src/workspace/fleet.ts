import { readFileSync } from "node:fs";
import path from "node:path";
import { type FleetIndex, PavedError, type StackEntry } from "@paved/model";
import { type DeliveredFile, readDelivered } from "./delivered";
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
 * @throws PavedError PVD2009 when there is none, or when it cannot be read
 */
export function readIndex(workspace: Workspace): FleetIndex {
  const where = path.relative(workspace.root, workspace.index);
  const fix = "run paved synth";
  let text: string;
  try {
    text = readFileSync(workspace.index, "utf8");
  } catch {
    throw new PavedError({ code: "PVD2009", where, got: "no such file", want: "the index that synth writes", fix });
  }
  const index = parse(text);
  if (index === undefined) {
    throw new PavedError({ code: "PVD2009", where, got: "something else", want: "an index of version 1", fix });
  }
  return index;
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
    return { index, stacks, delivered: readDelivered(workspace, index.environments) };
  });
}

function readRoot(workspace: Workspace, stack: StackEntry): string {
  const file = path.join(workspace.output, stack.directory, "cdk.tf.json");
  try {
    return readFileSync(file, "utf8");
  } catch {
    const where = path.relative(workspace.root, file);
    const want = `the root of ${stack.name}, which the index names`;
    throw new PavedError({ code: "PVD2009", where, got: "no such file", want, fix: "run paved synth" });
  }
}

function parse(text: string): FleetIndex | undefined {
  try {
    const value = JSON.parse(text) as FleetIndex;
    return value.version === 1 && Array.isArray(value.stacks) ? value : undefined;
  } catch {
    return undefined;
  }
}
