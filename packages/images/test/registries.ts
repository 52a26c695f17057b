import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { binaryOf, buildPrograms, type PinnedModule } from "@paved/go";
import { findExecutable } from "@paved/machine";
import { PavedError } from "@paved/model";

const root = path.join(__dirname, "..", "..", "..");

/** Where this repository pins programs and keeps what it builds. */
export const site = { engineModule: path.join(root, "engine"), binaries: path.join(root, ".paved", "bin") };

const REGISTRY = { name: "registry", package: "github.com/distribution/distribution/v3/cmd/registry" };
const pinned: PinnedModule = {
  name: "registry",
  title: "the registry that images are copied between in tests",
  folder: path.join(site.engineModule, "registry"),
  requirement: "github.com/distribution/distribution/v3",
  programs: [REGISTRY],
  binaries: site.binaries,
};

/** Builds the registry, once. */
export async function ensureRegistry(): Promise<void> {
  const go = findExecutable("go", process.env["PATH"] ?? "")!;
  const refuse = (got: string) => new PavedError({ code: "PVD2107", where: "engine/registry", got, want: "", fix: "" });
  await buildPrograms(pinned, pinned.programs, { go, progress: () => {}, refuse });
}

/** A registry that runs, on 127.0.0.1. */
export interface RunningRegistry {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts one that keeps what it has in a folder.
 * @param htpasswd who may do anything there, as Apache writes it. @default - anybody
 */
export async function startRegistry(folder: string, htpasswd?: string): Promise<RunningRegistry> {
  const port = await freePort();
  const settings = path.join(folder, `${port}.json`);
  const passwords = path.join(folder, `${port}.htpasswd`);
  mkdirSync(folder, { recursive: true });
  if (htpasswd !== undefined) writeFileSync(passwords, htpasswd);
  // It reads YAML, and all JSON is.
  const auth = htpasswd === undefined ? {} : { auth: { htpasswd: { realm: "test", path: passwords } } };
  const http = { addr: `127.0.0.1:${port}` };
  const storage = { filesystem: { rootdirectory: folder } };
  writeFileSync(settings, JSON.stringify({ version: "0.1", log: { level: "error" }, storage, http, ...auth }));
  const environment = { PATH: process.env["PATH"], OTEL_TRACES_EXPORTER: "none" };
  const child = spawn(binaryOf(pinned, REGISTRY), ["serve", settings], { env: environment, stdio: "ignore" });
  await answering(port, child);
  return { port, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "close");
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the registry ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no registry at ${port}`);
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
