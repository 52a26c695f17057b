import { ensureEngine } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";

/** `paved setup` */
export const setupCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const engine = await ensureEngine(workspace, { progress: terminal.err });
  terminal.out(options["json"] === true ? JSON.stringify(engine, null, 2) : `OpenTofu ${engine.version} is ready`);
  return EXIT_CODES.ok.code;
};
