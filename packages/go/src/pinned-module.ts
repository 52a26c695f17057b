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

/** A place in a file of a module's source that is changed before it is built. */
export interface SourcePatch {
  /** Path in the module, for example `controller/appcontroller.go`. */
  readonly file: string;
  /** What is there, exactly once. */
  readonly from: string;
  /** What is there instead. */
  readonly to: string;
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
  /** The Go that it asks for, for example `go1.27.3`, which Go has from its module proxy. @default - the Go that is there */
  readonly toolchain?: string;
  /** What is changed in the required module's source. @default - nothing */
  readonly patches?: readonly SourcePatch[];
  /** Files of the required module that its programs need while they run, by their paths in it. @default - none */
  readonly files?: readonly string[];
  /** Where binaries land. */
  readonly binaries: string;
}

/** Where a program's binary lands. */
export function binaryOf({ binaries }: PinnedModule, { name }: Program): string {
  return path.join(binaries, name);
}

/** Where a file of the module lands that its programs need while they run. */
export function fileOf({ binaries, name }: PinnedModule, file: string): string {
  return path.join(binaries, `${name}.files`, file);
}

/** Whether the binary is there, with its files, and was built from today's `go.mod` and patches. */
export function isCurrent(module: PinnedModule, program: Program): boolean {
  const needed = [binaryOf(module, program), ...(module.files ?? []).map((file) => fileOf(module, file))];
  if (!needed.every((file) => existsSync(file))) return false;
  try {
    return readFileSync(stampOf(module, program), "utf8").trim() === pinOf(module);
  } catch {
    return false;
  }
}

/** Notes that the binary comes from today's `go.mod` and patches. */
export function writeStamp(module: PinnedModule, program: Program): void {
  writeAtomically(stampOf(module, program), `${pinOf(module)}\n`);
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

/** Says what the module's programs are built from: another `go.mod`, other patches or another Go give another one. */
export function pinOf({ folder, toolchain, patches, files }: PinnedModule): string {
  const hash = createHash("sha256").update(readFileSync(path.join(folder, "go.mod")));
  const ownWay = [toolchain, patches, files].some((part) => part !== undefined);
  if (ownWay) hash.update(JSON.stringify({ toolchain, patches, files }));
  return hash.digest("hex");
}

function stampOf({ binaries }: PinnedModule, { name }: Program): string {
  return path.join(binaries, `${name}.go-mod.sha256`);
}
