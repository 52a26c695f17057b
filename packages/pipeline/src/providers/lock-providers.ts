import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { type Finding, PavedError } from "@paved/model";
import type { Engine } from "../engine/find";
import { engineEnvironment } from "../tofu/environment";
import type { Interruption } from "../tofu/interruption";
import { runTofu, type TofuEnd } from "../tofu/run-tofu";
import type { FleetStack } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import { type AskedProviders, askedTogether } from "./asked-providers";
import { LOCKED_PLATFORMS, type LockedProvider, lockedProviders } from "./provider-lock";

/** What {@link lockProviders} works on, and with. */
export interface ProviderLockOptions {
  readonly workspace: Workspace;
  readonly engine: Engine;
  readonly stacks: readonly FleetStack[];
  readonly interruption: Interruption;
  /** A directory with packages, as `tofu providers mirror` fills it. @default - the registry that each source names */
  readonly mirror?: string;
}

/**
 * Has OpenTofu fetch every provider of the stacks for every platform, and writes the hashes of all to one lock file, which
 * is committed: an init anywhere then takes these very packages, or none.
 *
 * @returns the providers that are locked
 * @throws PavedError PVD7001 when a package cannot be had
 */
export async function lockProviders(options: ProviderLockOptions): Promise<readonly LockedProvider[]> {
  const { workspace, stacks, mirror } = options;
  const asked = askedTogether(stacks);
  const directory = path.join(workspace.paved, `lock.${process.pid}`);
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(path.join(directory, "main.tf.json"), JSON.stringify({ terraform: { required_providers: asked } }));
    const platforms = LOCKED_PLATFORMS.map((platform) => `-platform=${platform}`);
    const from = mirror === undefined ? [] : [`-fs-mirror=${path.resolve(mirror)}`];
    const end = await call(options, directory, ["providers", "lock", "-no-color", ...from, ...platforms]);
    if (end.code !== 0) throw new PavedError(unreachable(end, mirror));
    const lock = readFileSync(path.join(directory, ".terraform.lock.hcl"), "utf8");
    const findings = lockFaults(lock, asked);
    if (findings.length > 0) throw new PavedError(findings);
    writeAtomically(workspace.providerLock, lock);
    return lockedProviders(lock);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What is wrong with the lock file that is committed, PVD7001 each; without asking anybody. */
export function checkProviderLock(workspace: Workspace, stacks: readonly FleetStack[]): readonly Finding[] {
  const lock = existsSync(workspace.providerLock) ? readFileSync(workspace.providerLock, "utf8") : "";
  return lockFaults(lock, askedTogether(stacks));
}

function lockFaults(lock: string, asked: AskedProviders): readonly Finding[] {
  const locked = new Map(lockedProviders(lock).map((provider) => [provider.source, provider]));
  return Object.values(asked).flatMap(({ source, version }) => {
    const found = locked.get(source);
    const packages = found?.hashes.filter((hash) => hash.startsWith("h1:")).length ?? 0;
    if (found?.version === version && packages >= LOCKED_PLATFORMS.length) return [];
    const got = found === undefined ? "nothing" : `version ${found.version} with ${packages} hashes of packages`;
    const want = `version ${version} with one for each of ${LOCKED_PLATFORMS.join(", ")}`;
    return [{ code: "PVD7001", where: source, got, want, fix: "run paved lock where the registry can be reached" }];
  });
}

function call({ engine, interruption }: ProviderLockOptions, directory: string, words: readonly string[]) {
  const dataDirectory = path.join(directory, ".terraform");
  const settings = { mode: "live", dataDirectory, home: "", cliConfiguration: "" } as const;
  const environment = engineEnvironment(settings, process.env);
  return runTofu({ binary: engine.binary, arguments: words, directory, environment, interruption });
}

function unreachable({ code, stderr }: TofuEnd, mirror: string | undefined): Finding {
  const lines = stderr.split("\n").map((line) => line.replace(/^[\s│╷╵]+/, "").trim());
  const said = lines.filter((line) => line !== "" && !line.startsWith("The CLI configuration file"));
  return {
    code: "PVD7001",
    where: mirror ?? "the providers' registry",
    got: `tofu providers lock ended with ${code}: ${said.slice(0, 8).join(" ")}`,
    want: `every provider for ${LOCKED_PLATFORMS.join(", ")}`,
    fix: "let OpenTofu reach the registry (HTTPS_PROXY), or name a directory that has the packages with --mirror",
  };
}
