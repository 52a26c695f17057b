import { PavedError } from "@paved/model";
import { checkProviderLock, ensureEngine, Interruption, lockProviders } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { fleetAtHand } from "./fleet-at-hand";

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

async function lock({ workspace, terminal, options }: CommandContext, stacks: Parameters<typeof checkProviderLock>[1]) {
  const engine = await ensureEngine(workspace, { progress: terminal.err });
  const interruption = new Interruption(() => terminal.err("stopping"));
  const mirror = typeof options["mirror"] === "string" ? options["mirror"] : undefined;
  try {
    return await lockProviders({ workspace, engine, stacks, interruption, mirror });
  } finally {
    interruption.close();
  }
}
