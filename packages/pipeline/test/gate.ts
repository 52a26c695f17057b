import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "../src/workspace/workspace";
import type { StackSpec } from "./fleet-on-disk";

/**
 * A resource that is made at once, one whose creation lasts until the gate is open, and one that comes after it.
 * @param name another one where it counts which engines on this machine work on a stack of that name
 */
export function gated(name = "dev-network"): StackSpec {
  const wait = `touch ../../../../arrived; while [ ! -e ../../../../gate ]; do sleep 0.05; done`;
  return {
    name,
    resources: {
      terraform_data: {
        first: { input: 1 },
        slow: { input: "${terraform_data.first.id}", provisioner: [{ "local-exec": { command: wait } }] },
        last: { input: "${terraform_data.slow.id}" },
      },
    },
  };
}

/** Lets every apply of the gated stack go on. */
export function openGate(workspace: Workspace): void {
  writeFileSync(path.join(workspace.root, "gate"), "");
}

/** Has the next apply of the gated stack wait again. */
export function closeGate(workspace: Workspace): void {
  for (const file of ["gate", "arrived"]) rmSync(path.join(workspace.root, file), { force: true });
}

/** Resolves when the apply of the gated stack stands at the gate, with OpenTofu's process id. */
export async function atTheGate(workspace: Workspace, name = "dev-network"): Promise<number> {
  while (!existsSync(path.join(workspace.root, "arrived"))) await new Promise((resolve) => setTimeout(resolve, 50));
  const pidFile = path.join(workspace.working("sandbox", name), "tofu.pid");
  return (JSON.parse(readFileSync(pidFile, "utf8")) as { pid: number }).pid;
}
