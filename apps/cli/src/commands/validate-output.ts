import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { acceptForeign, validateForeign } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved validate-output` */
export const validateOutputCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const directory = path.resolve(context.arguments[0] as string);
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    const fix = "name the directory that the artefact was unpacked into";
    throw new PavedError({ code: "PVD4003", where: "<directory>", got: directory, want: "a directory", fix });
  }
  const { index, stacks } = validateForeign(directory, await fleetAtHand(context));
  const uses = options["use"] === true;
  if (uses) acceptForeign(workspace, { index, stacks, delivered: [] });
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ stacks: stacks.map(({ name }) => name), used: uses }, null, 2));
  } else {
    const where = uses ? `; written to ${path.relative(workspace.root, workspace.output)}` : "";
    terminal.out(`${quantity(stacks.length, "stack")}: no more than data${where}`);
  }
  return EXIT_CODES.ok.code;
};
