import { writeFileSync } from "node:fs";
import { PavedError } from "@paved/model";
import type { OptionValues } from "../command-spec";
import type { Terminal } from "../terminal/terminal";

/**
 * Writes a result to the file that `--output` names, or to standard output.
 * @throws PavedError PVD4003 when the file cannot be written
 */
export function writeResult(terminal: Terminal, { output }: OptionValues, text: string): void {
  if (typeof output !== "string") return terminal.out(text.trimEnd());
  try {
    writeFileSync(output, text);
  } catch (error) {
    const got = `${output}: ${(error as Error).message}`;
    const fix = "name another file, or make its directory";
    throw new PavedError({ code: "PVD4003", where: "--output", got, want: "a file that can be written", fix });
  }
  terminal.err(`wrote ${output}`);
}
