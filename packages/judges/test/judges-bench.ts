import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BenchOptions } from "../src/bench";

const root = path.join(__dirname, "../../..");

/** The judges of this workspace, installed on first use. */
export const bench: BenchOptions = {
  home: path.join(root, ".paved", "judges"),
  requirements: path.join(__dirname, "..", "requirements.txt"),
};

/** Time for a judge that has to be installed first. */
export const INSTALLING_MS = 480_000;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder with these files, by their paths in it; it removes itself after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "paved-judges-"));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  folders.push(folder);
  return folder;
}
