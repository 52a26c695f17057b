import { createInterface } from "node:readline/promises";
import { PavedError } from "@paved/model";
import type { Terminal } from "./terminal";

/**
 * Asks a person to agree.
 * @throws PavedError PVD4003 when nobody can be asked, or the answer is not yes
 */
export async function confirm(terminal: Terminal, question: string): Promise<void> {
  if (!terminal.fancy || process.stdin.isTTY !== true) {
    throw refused("nobody to ask: this is not a terminal", "add --yes");
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(`${question} Type yes to go on: `);
    if (answer.trim() !== "yes") throw refused(`"${answer}"`, "type yes, or add --yes");
  } finally {
    prompt.close();
  }
}

function refused(got: string, fix: string): PavedError {
  return new PavedError({ code: "PVD4003", where: "confirmation", got, want: "yes", fix });
}
