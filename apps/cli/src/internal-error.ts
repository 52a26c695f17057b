import { PavedError } from "@paved/model";

/** Characters of a message that are shown. */
const LONGEST = 2000;

/** PVD4004 for what no command should throw: a mistake in Paved itself, as one clear line. */
export function internalError(error: unknown, command: string): PavedError {
  return new PavedError({
    code: "PVD4004",
    where: `paved ${command}`,
    got: messageOf(error),
    want: "a command that says itself what is wrong",
    fix: "this is a mistake in Paved: report it, with what PAVED_DEBUG=1 shows",
  });
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\s*\n\s*/g, " ").slice(0, LONGEST);
}
