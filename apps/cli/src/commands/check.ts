import { checkAddresses } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { printFindings } from "../terminal/findings";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved check` */
export const checkCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const { index } = await fleetAtHand(context);
  const base = typeof options["base"] === "string" ? options["base"] : undefined;
  const addresses = checkAddresses(workspace, index, { base, write: options["write"] === true });
  const code = addresses.findings.length > 0 ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ addresses, errors: addresses.findings }, null, 2));
    return code;
  }
  const { addresses: count, changed, findings, written } = addresses;
  const state = changed.length === 0 ? "as locked" : `${quantity(changed.length, "stack")} not as locked`;
  const verdict = findings.length === 0 ? "" : `; ${quantity(findings.length, "finding")}`;
  terminal.out(`${quantity(index.stacks.length, "stack")} with ${quantity(count, "resource")}: ${state}${verdict}`);
  for (const file of written) terminal.out(`wrote ${file}`);
  printFindings(terminal, findings);
  return code;
};
