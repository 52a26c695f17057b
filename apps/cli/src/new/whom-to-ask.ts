import { PavedError } from "@paved/model";
import type { CommandContext } from "../command-spec";
import type { Asker } from "./asker";

/** A person, where there is one and nothing says not to ask. */
export async function askerFor({ terminal, options }: CommandContext): Promise<Asker | undefined> {
  const silent = options["json"] === true || options["yes"] === true;
  if (silent || !terminal.live || process.stdin.isTTY !== true) return undefined;
  const { clackAsker } = await import("./clack-asker");
  return clackAsker({ input: process.stdin, output: process.stderr });
}

/** PVD4003 for a command that nobody agrees to. */
export function unasked(): PavedError {
  const fix = "add --yes, or --dry-run to see what it would make";
  return new PavedError({ code: "PVD4003", where: "--yes", got: "nobody to ask", want: "somebody who agrees", fix });
}
