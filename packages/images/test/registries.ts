import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { binaryOf, buildPrograms, findGo, type PinnedModule } from "@paved/go";
import { freePorts } from "@paved/machine";
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
  const refuse = (got: string) => new PavedError({ code: "PVD2107", where: "engine/registry", got, want: "", fix: "" });
  const go = findGo(undefined, refuse);
  await buildPrograms(pinned, pinned.programs, { go, progress: () => {}, refuse });
}

/** A registry that runs, on 127.0.0.1. */
export interface RunningRegistry {
  readonly port: number;
  stop(): Promise<void>;
}

/** What each says with every answer, by which it is told apart from whoever else has its port. */
const FOLDER = "X-Test-Folder";

/** Somebody else may take a port between the moment at which it is chosen and that at which the registry listens. */
const TRIES = 5;

/**
 * Starts one that keeps what it has in a folder.
 * @param htpasswd who may do anything there, as Apache writes it. @default - anybody
 */
export async function startRegistry(folder: string, htpasswd?: string): Promise<RunningRegistry> {
  mkdirSync(folder, { recursive: true });
  for (let tries = 1; ; tries += 1) {
    const [port] = await freePorts(1);
    const child = startAt(port!, folder, htpasswd);
    try {
      await answering(port!, folder, child);
      return { port: port!, stop: () => stopped(child) };
    } catch (error) {
      if (child.exitCode === null || tries === TRIES) {
        await stopped(child);
        throw error;
      }
    }
  }
}

function startAt(port: number, folder: string, htpasswd: string | undefined): ChildProcess {
  const settings = path.join(folder, `${port}.json`);
  const passwords = path.join(folder, `${port}.htpasswd`);
  if (htpasswd !== undefined) writeFileSync(passwords, htpasswd);
  // It reads YAML, and all JSON is.
  const auth = htpasswd === undefined ? {} : { auth: { htpasswd: { realm: "test", path: passwords } } };
  const http = { addr: `127.0.0.1:${port}`, headers: { [FOLDER]: [folder] } };
  const storage = { filesystem: { rootdirectory: folder } };
  writeFileSync(settings, JSON.stringify({ version: "0.1", log: { level: "error" }, storage, http, ...auth }));
  const environment = { PATH: process.env["PATH"], OTEL_TRACES_EXPORTER: "none" };
  return spawn(binaryOf(pinned, REGISTRY), ["serve", settings], { env: environment, stdio: "ignore" });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "close");
}

async function answering(port: number, folder: string, child: ChildProcess): Promise<void> {
  const url = `http://127.0.0.1:${port}/v2/`;
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the registry ended with ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
    if (answer?.headers.get(FOLDER) === folder) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no registry at ${port}`);
}
