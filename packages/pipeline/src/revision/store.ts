import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeAtomically } from "@paved/machine";
import type { Workspace } from "../workspace/workspace";
import type { SynthesizedFleet } from "./synthesized";
import { fleetIn, type Written } from "./written";

/** How many synths are kept, those used last. */
const KEPT = 20;
const DIGEST_BYTES = 32;

/** What was synthesized before from the same content; a file that is not as it was written counts as none. */
export function readStored(workspace: Workspace, key: string): SynthesizedFleet | undefined {
  const file = fileOf(workspace, key);
  if (!existsSync(file)) return undefined;
  try {
    const bytes = readFileSync(file);
    const packed = bytes.subarray(DIGEST_BYTES);
    if (!digestOf(packed).equals(bytes.subarray(0, DIGEST_BYTES))) throw new Error("not as it was written");
    const now = new Date();
    utimesSync(file, now, now);
    return fleetIn(JSON.parse(gunzipSync(packed).toString()) as Written);
  } catch {
    rmSync(file, { force: true });
    return undefined;
  }
}

/** Keeps what was synthesized. That it cannot be kept, on a full disk, is no error: it is synthesized again. */
export function store(workspace: Workspace, key: string, written: Written): void {
  try {
    const packed = gzipSync(JSON.stringify(written), { level: 1 });
    writeAtomically(fileOf(workspace, key), Buffer.concat([digestOf(packed), packed]));
    removeFormer(workspace);
  } catch {
    rmSync(fileOf(workspace, key), { force: true });
  }
}

function fileOf({ paved }: Workspace, key: string): string {
  return path.join(paved, "synths", `${key}.json.gz`);
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function removeFormer({ paved }: Workspace): void {
  const folder = path.join(paved, "synths");
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json.gz"))
    .map((name) => path.join(folder, name))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const file of files.slice(KEPT)) rmSync(file, { force: true });
}
