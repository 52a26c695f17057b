import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import type { Fleet } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import { foreignFleet } from "./foreign-fleet";
import { judgeForeign } from "./judge-foreign";
import { readForeign } from "./read-foreign";

/**
 * Reads and judges an output that is not trusted, against the fleet as the trusted sources synthesize it.
 * @throws PavedError PVD7002 and PVD2009, and what synth refuses: all that is wrong at once
 */
export function validateForeign(directory: string, trusted: Fleet): Fleet {
  const fleet = foreignFleet(readForeign(directory));
  const findings = judgeForeign(fleet, trusted);
  if (findings.length > 0) throw new PavedError(findings);
  return fleet;
}

/** Puts what was validated in the place of the last synth. It is written from memory: nobody can change it meanwhile. */
export function acceptForeign(workspace: Workspace, { index, stacks }: Fleet): void {
  const own = `${workspace.output}.${hostname()}.${process.pid}`;
  const [fresh, former] = [`${own}.new`, `${own}.old`];
  for (const { name, json } of stacks) {
    mkdirSync(path.join(fresh, "stacks", name), { recursive: true });
    writeFileSync(path.join(fresh, "stacks", name, "cdk.tf.json"), json);
  }
  mkdirSync(fresh, { recursive: true });
  writeFileSync(path.join(fresh, "paved.json"), `${JSON.stringify(index, null, 2)}\n`);
  mkdirSync(workspace.output, { recursive: true });
  renameSync(workspace.output, former);
  renameSync(fresh, workspace.output);
  rmSync(former, { recursive: true, force: true });
}
