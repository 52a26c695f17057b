import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { exitOf } from "@paved/machine";
import { PavedError } from "@paved/model";
import type { Workspace } from "../workspace/workspace";

const LOCK = "package-lock.json";

/**
 * Folder whose `node_modules` has what the checkout's lock file names: the workspace itself when its lock file is the same,
 * otherwise an installation by that lock file, made once.
 * @throws PavedError PVD2017 when they cannot be installed
 */
export async function installedPackages(
  workspace: Workspace,
  checkout: Workspace,
  progress: (line: string) => void,
): Promise<string> {
  const wanted = lockOf(checkout);
  if (wanted === lockOf(workspace)) return workspace.root;
  const folder = path.join(workspace.paved, "packages", wanted.slice(0, 16));
  if (existsSync(folder)) return folder;
  progress("installing the packages of another package-lock.json, once; this takes a minute");
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    for (const file of manifests(checkout)) {
      mkdirSync(path.dirname(path.join(fresh, file)), { recursive: true });
      copyFileSync(path.join(checkout.root, file), path.join(fresh, file));
    }
    await install(fresh);
    if (!existsSync(folder)) renameSync(fresh, folder);
    return folder;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function lockOf({ root }: Workspace): string {
  const file = path.join(root, LOCK);
  return createHash("sha256")
    .update(existsSync(file) ? readFileSync(file) : "")
    .digest("hex");
}

/** The lock file, and the manifests of all packages that it speaks of. */
function manifests({ root }: Workspace): readonly string[] {
  const { packages = {} } = parse(path.join(root, LOCK));
  const own = Object.keys(packages).filter((name) => !name.includes("node_modules"));
  const files = [LOCK, ".npmrc", ...own.map((folder) => path.join(folder, "package.json"))];
  return files.filter((file) => existsSync(path.join(root, file)));
}

function parse(file: string): { readonly packages?: Readonly<Record<string, unknown>> } {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ReturnType<typeof parse>;
  } catch (error) {
    throw cannotInstall((error as Error).message);
  }
}

async function install(directory: string): Promise<void> {
  const words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", words, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await exitOf(child);
  if (code === 0) return;
  throw cannotInstall(`npm ci ended with ${code}: ${Buffer.concat(said).toString().trim().split("\n")[0] ?? ""}`);
}

function cannotInstall(got: string): PavedError {
  return new PavedError({
    code: "PVD2017",
    where: LOCK,
    got,
    want: "the packages of the other revision's lock file",
    fix: "make the registry reachable, or compare revisions with the same package-lock.json",
  });
}
