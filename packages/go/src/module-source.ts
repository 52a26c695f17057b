import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { BuildOptions } from "./build";
import { fileOf, type PinnedModule, type SourcePatch } from "./pinned-module";

/** Where a build works, and how. */
interface Workbench extends Pick<BuildOptions, "refuse"> {
  /** Folder that goes when the build ends. */
  readonly output: string;
  readonly run: (...args: readonly string[]) => Promise<string>;
}

/**
 * Fetches the required module and makes of it what the pin asks for beside its programs: the files that they need, and a
 * patched copy. Go itself never changes what is in its cache, nor does it build what was changed there.
 * @returns flags that make Go build the copy; none where nothing is patched
 * @throws PavedError of `refuse` when a patch does not fit
 */
export async function patchedModule(module: PinnedModule, bench: Workbench): Promise<readonly string[]> {
  const { patches = [], files = [], requirement } = module;
  if (patches.length === 0 && files.length === 0) return [];
  const { Dir: folder } = JSON.parse(await bench.run("mod", "download", "-json", requirement)) as { Dir: string };
  for (const file of files) {
    const copy = path.join(bench.output, "files", file);
    mkdirSync(path.dirname(copy), { recursive: true });
    copyFileSync(path.join(folder, file), copy);
  }
  if (patches.length === 0) return [];
  const source = path.join(bench.output, "source");
  copyFolder(folder, source);
  for (const patch of patches) apply(module, patch, source, bench);
  return [`-modfile=${replacing(module, source, bench)}`];
}

/** Puts the files in their place, once the programs are built. */
export function layOutFiles(module: PinnedModule, output: string): void {
  const fresh = path.join(output, "files");
  if (!existsSync(fresh)) return;
  const place = fileOf(module, "");
  rmSync(place, { recursive: true, force: true });
  renameSync(fresh, place);
}

/** Not by the system's own copying: what is in the cache may not be written to, and a copy of that could not be removed. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else copyFileSync(source, target);
  }
}

function apply({ requirement }: PinnedModule, { file, from, to }: SourcePatch, source: string, bench: Workbench): void {
  const target = path.join(source, file);
  const text = existsSync(target) ? readFileSync(target, "utf8") : "";
  const times = text.split(from).length - 1;
  if (times !== 1) {
    const got = `the patch of ${requirement} does not fit: ${from} is ${times} times in ${file}, not once`;
    throw bench.refuse(got, "have the patch say what is in that version, or pin the version that it was made for");
  }
  // The copy may be as unwritable as what it was made from.
  rmSync(target);
  writeFileSync(
    target,
    text.replace(from, () => to),
  );
}

/** A `go.mod` that says what the pin says, and takes the module from the copy. */
function replacing({ folder, requirement }: PinnedModule, source: string, { output }: Workbench): string {
  const pins = readFileSync(path.join(folder, "go.mod"), "utf8");
  const file = path.join(output, "go.mod");
  writeFileSync(file, `${pins}\nreplace ${requirement} => ${JSON.stringify(source)}\n`);
  copyFileSync(path.join(folder, "go.sum"), path.join(output, "go.sum"));
  return file;
}
