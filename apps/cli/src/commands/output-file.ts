import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { writeAtomically } from "@paved/pipeline";
import type { OptionValues } from "../command-spec";
import type { Terminal } from "../terminal/terminal";

/** A file that a command was told to write its result to. */
export interface OutputFile {
  /** As the user wrote it. */
  readonly given: string;
  /** Writes the whole text, or nothing. @throws PavedError PVD4003 when the disk refuses it after all */
  readonly write: (text: string) => void;
}

/**
 * The file that an option names, if it is given. To be asked for before the work starts, which may take minutes.
 * @throws PavedError PVD4003 when it cannot be written: its directory is not there, it is one itself, or it is forbidden
 */
export function outputFile(options: OptionValues, option: "output" | "comment"): OutputFile | undefined {
  const given = options[option];
  if (typeof given !== "string") return undefined;
  const file = path.resolve(given);
  const refused = (got: string): PavedError => {
    const fix = "name another file, or make its directory";
    return new PavedError({ code: "PVD4003", where: `--${option}`, got, want: "a file that can be written", fix });
  };
  const tried = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw refused(`${given}: ${(error as Error).message}`);
    }
  };
  if (given === "") throw refused("an empty name");
  const found = tried(() => statSync(file, { throwIfNoEntry: false }));
  if (found?.isDirectory() === true) throw refused(`${given}, a directory`);
  const directory = path.dirname(file);
  const folder = tried(() => statSync(directory, { throwIfNoEntry: false }));
  if (folder === undefined) throw refused(`${given}: no directory ${directory}`);
  if (!folder.isDirectory()) throw refused(`${given}: ${directory} is no directory`);
  tried(() => accessSync(found === undefined ? directory : file, constants.W_OK));
  return { given, write: (text) => tried(() => write(file, text)) };
}

/** Writes a result to the file that was named, or to standard output. */
export function writeResult(terminal: Terminal, file: OutputFile | undefined, text: string): void {
  if (file === undefined) return terminal.out(text.trimEnd());
  file.write(text);
  terminal.err(`wrote ${file.given}`);
}

/** A link is left, and what it points to written; what cannot be replaced, a pipe or a device for one, is written into. */
function write(file: string, text: string): void {
  if (!existsSync(file)) return writeAtomically(file, text);
  const real = realpathSync(file);
  if (statSync(real).isFile() && mayWrite(path.dirname(real))) writeAtomically(real, text);
  else writeFileSync(real, text);
}

function mayWrite(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
