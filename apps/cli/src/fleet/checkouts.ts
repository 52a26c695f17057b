import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { committedFile } from "@paved/pipeline";
import { parseRecord, RECORD_FILE, type ScaffoldRecord } from "@paved/scaffold";

/** A repository that is checked out on this machine. */
export interface Checkout {
  readonly directory: string;
  /** What made it. @default - it does not say so, or nothing that can be read */
  readonly record?: ScaffoldRecord;
  /** Whether it says what made it, in words that cannot be read. */
  readonly damaged: boolean;
}

/**
 * The repositories that stand in a folder, each with what its last commit says of the scaffold that made it.
 * @param where the option that named the folder
 * @throws PavedError PVD4003 when the folder is none
 */
export function checkoutsIn(folder: string, where: string): readonly Checkout[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    const fix = "name one that is there";
    throw new PavedError({ code: "PVD4003", where, got: folder, want: "a folder with repositories in it", fix });
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name))
    .filter((directory) => existsSync(path.join(directory, ".git")))
    .map(readCheckout)
    .toSorted((a, b) => (a.directory < b.directory ? -1 : 1));
}

function readCheckout(directory: string): Checkout {
  const text = committedFile(directory, RECORD_FILE);
  if (text === undefined) return { directory, damaged: false };
  try {
    return { directory, record: parseRecord(text, directory), damaged: false };
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return { directory, damaged: true };
  }
}
