import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";

/** One program of a pinned module. */
export interface Program {
  /** What its binary is called, for example `etcd`. */
  readonly name: string;
  /** Import path of its main package, for example `go.etcd.io/etcd/server/v3`. */
  readonly package: string;
}

/** Programs that one `go.mod` of ours pins, with all that they are made of. */
export interface PinnedModule {
  /** What it is called in files, for example `tofu`. */
  readonly name: string;
  /** What people call it, for example `OpenTofu`. */
  readonly title: string;
  /** Folder of its `go.mod` and `go.sum`. */
  readonly folder: string;
  /** The required module whose version is the programs' own, for example `github.com/opentofu/opentofu`. */
  readonly requirement: string;
  readonly programs: readonly Program[];
  /** Variables that the linker sets, by import path and name. */
  readonly variables?: (version: string) => Readonly<Record<string, string>>;
  /** Where binaries land. */
  readonly binaries: string;
}

/** Where a program's binary lands. */
export function binaryOf({ binaries }: PinnedModule, { name }: Program): string {
  return path.join(binaries, name);
}

/** Whether the binary is there and was built from today's `go.mod`. */
export function isCurrent(module: PinnedModule, program: Program): boolean {
  if (!existsSync(binaryOf(module, program))) return false;
  try {
    return readFileSync(stampOf(module, program), "utf8").trim() === pinHash(module);
  } catch {
    return false;
  }
}

/** Notes that the binary comes from today's `go.mod`. */
export function writeStamp(module: PinnedModule, program: Program): void {
  writeAtomically(stampOf(module, program), `${pinHash(module)}\n`);
}

/** The version that `go.mod` pins, for example `1.12.6`. @returns undefined where it pins none */
export function pinnedVersion({ folder, requirement }: PinnedModule): string | undefined {
  try {
    const lines = readFileSync(path.join(folder, "go.mod"), "utf8").split("\n");
    const words = lines.map((line) =>
      line
        .replace(/^require /, "")
        .trim()
        .split(" "),
    );
    return words.find(([name, version]) => name === requirement && version?.startsWith("v"))?.[1]?.slice(1);
  } catch {
    return undefined;
  }
}

function pinHash({ folder }: PinnedModule): string {
  return createHash("sha256")
    .update(readFileSync(path.join(folder, "go.mod")))
    .digest("hex");
}

function stampOf({ binaries }: PinnedModule, { name }: Program): string {
  return path.join(binaries, `${name}.go-mod.sha256`);
}
