import { mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { lockHolder, readStateFile, type Workspace } from "@paved/pipeline";
import { quantity } from "../terminal/quantity";
import type { CheckResult } from "./check";

const GIB = 1024 ** 3;

/** Room for what a run writes; building OpenTofu takes more. */
export function checkDisk(directory: string, engineIsThere: boolean): CheckResult {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  const wanted = (engineIsThere ? 0.5 : 5) * GIB;
  const found = `${(free / GIB).toFixed(1)} GiB free`;
  const name = "disk space";
  if (free >= wanted) return { name, status: "ok", found };
  const reason = engineIsThere ? "a run" : "building OpenTofu";
  return { name, status: "missing", found, fix: `free ${(wanted / GIB).toFixed(1)} GiB for ${reason}` };
}

/** The sandbox's providers listen on a unix socket in the temporary directory. */
export async function checkSockets(temporary: string): Promise<CheckResult> {
  const name = "unix sockets";
  const fix = "point TMPDIR to a directory that is writable, local and has a short name";
  let directory: string | undefined;
  try {
    directory = mkdtempSync(path.join(temporary, "paved-doctor-"));
    await listen(path.join(directory, "provider-kubernetes.sock"));
    return { name, status: "ok", found: `work in ${temporary}` };
  } catch (error) {
    return { name, status: "missing", found: `${temporary}: ${(error as Error).message}`, fix };
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}

/** What the sandbox holds, and whether a run is going on. */
export function checkSandbox(workspace: Workspace): CheckResult {
  const name = "sandbox";
  const holder = lockHolder(workspace.lock("sandbox"));
  const running = holder === undefined ? "" : `; process ${holder.pid} runs "${holder.command}" since ${holder.since}`;
  try {
    const stacks = applied(workspace);
    const objects = stacks.reduce((sum, stack) => sum + readStateFile(workspace.state(stack)).managed.length, 0);
    return {
      name,
      status: "ok",
      found: `${quantity(objects, "object")} in ${quantity(stacks.length, "stack")}${running}`,
    };
  } catch (error) {
    const found = `a state cannot be read: ${(error as Error).message}`;
    return { name, status: "warning", found, fix: "run paved rehearse, which recovers it, or paved sandbox reset" };
  }
}

function applied(workspace: Workspace): string[] {
  try {
    const files = readdirSync(workspace.states);
    return files.filter((file) => file.endsWith(".tfstate")).map((file) => path.basename(file, ".tfstate"));
  } catch {
    return [];
  }
}

async function listen(socket: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
