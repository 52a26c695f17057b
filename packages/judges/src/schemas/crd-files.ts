import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lastWords, type ProcessEnd, runProcess } from "@paved/python";
import type { CrdPin } from "./crd-pins";
import { type Bench, cannotJudge } from "../bench";

/**
 * The texts of pinned CRDs, in their order: from `.paved/judges/crds`, or from their modules by Go, once.
 * @throws PavedError PVD2014 when there is no Go, a module cannot be had, or a file is not the pinned one
 */
export async function crdTexts(bench: Bench, pins: readonly CrdPin[]): Promise<readonly string[]> {
  const texts = new Map<CrdPin, string>();
  const modules = new Map<string, string>();
  mkdirSync(path.join(bench.home, "crds"), { recursive: true });
  for (const pin of pins) {
    const file = path.join(bench.home, "crds", `${pin.sha256.slice(0, 16)}-${path.basename(pin.path)}`);
    const kept = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    if (kept !== undefined && sha256(kept) === pin.sha256) {
      texts.set(pin, kept);
      continue;
    }
    const module = `${pin.module}@${pin.version}`;
    const directory = modules.get(module) ?? (await download(bench, module));
    modules.set(module, directory);
    const text = readPinned(directory, pin);
    writeFileSync(`${file}.${process.pid}.tmp`, text);
    renameSync(`${file}.${process.pid}.tmp`, file);
    texts.set(pin, text);
  }
  return pins.map((pin) => texts.get(pin)!);
}

async function download(bench: Bench, module: string): Promise<string> {
  bench.progress(`judges: downloading schemas from ${module}`);
  const want = `the module ${module}`;
  let end: ProcessEnd;
  try {
    end = await runProcess({
      program: "go",
      arguments: ["mod", "download", "-json", module],
      directory: path.join(bench.home, "crds"),
      environment: { ...bench.installing, GOFLAGS: "-mod=mod", GOWORK: "off" },
    });
  } catch {
    throw cannotJudge("PATH", "no go", want, "install Go 1.22 or newer (https://go.dev/dl)");
  }
  const { Dir, Error: error } = parse(end.stdout);
  if (end.code === 0 && Dir !== undefined) return Dir;
  const got = error ?? `go ended with ${end.code}: ${lastWords(end)}`;
  throw cannotJudge(module, got, want, "let Go reach its module proxy (GOPROXY), then run the command again");
}

function parse(text: string): { readonly Dir?: string; readonly Error?: string } {
  try {
    return JSON.parse(text) as { Dir?: string; Error?: string };
  } catch {
    return {};
  }
}

function readPinned(directory: string, pin: CrdPin): string {
  const file = path.join(directory, pin.path);
  const text = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const found = text === undefined ? "no such file" : sha256(text);
  if (text !== undefined && found === pin.sha256) return text;
  const where = `${pin.module}@${pin.version} ${pin.path}`;
  throw cannotJudge(where, found, pin.sha256, "put the file's own sha256 into crd-pins.ts after reading what changed");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
