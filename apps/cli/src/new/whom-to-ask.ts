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

/**
 * Makes sure that somebody agrees, when asked or on the command line, unless nothing is written.
 * @throws PavedError PVD4003 when nobody does
 */
export function expectAgreement({ options }: CommandContext, asker: Asker | undefined): void {
  if (asker !== undefined || options["dryRun"] === true || options["yes"] === true) return;
  const fix = "add --yes, or --dry-run to see what it would make";
  throw new PavedError({ code: "PVD4003", where: "--yes", got: "nobody to ask", want: "somebody who agrees", fix });
}
