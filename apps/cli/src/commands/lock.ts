import { PavedError } from "@paved/model";
import { checkProviderLock, lockProviders } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { fleetAtHand } from "./fleet-at-hand";
import { withQuietEngine } from "./run-with-engine";

/** `paved lock` */
export const lockCommand: CommandRun = async (context) => {
  const { workspace, options, terminal } = context;
  const { stacks } = await fleetAtHand(context);
  if (options["check"] === true) {
    const findings = checkProviderLock(workspace, stacks);
    if (findings.length > 0) throw new PavedError(findings);
    terminal.out(options["json"] === true ? JSON.stringify({ locked: true }) : "every provider is locked");
    return EXIT_CODES.ok.code;
  }
  const locked = await lock(context, stacks);
  const text = locked.map(({ source, version, hashes }) => `${source} ${version}: ${hashes.length} hashes`).join("\n");
  const providers = locked.map(({ source, version, hashes }) => ({ source, version, hashes }));
  terminal.out(options["json"] === true ? JSON.stringify({ providers }, null, 2) : text);
  return EXIT_CODES.ok.code;
};

function lock(context: CommandContext, stacks: Parameters<typeof checkProviderLock>[1]) {
  const { workspace, options } = context;
  const mirror = typeof options["mirror"] === "string" ? options["mirror"] : undefined;
  return withQuietEngine(context, workspace, (shared) => lockProviders({ ...shared, workspace, stacks, mirror }));
}
