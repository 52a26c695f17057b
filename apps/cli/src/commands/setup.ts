import { ensurePrograms, missingPrograms } from "@paved/control-plane";
import { ensureCopier } from "@paved/images";
import type { Deliverer } from "@paved/model";
import { ensureEngine } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";

/** `paved setup` */
export const setupCommand: CommandRun = async (context) => {
  const delivery = context.options["delivery"] as Deliverer | true | undefined;
  if (delivery !== undefined) return setUpControlPlane(context, delivery === true ? "argo-cd" : delivery);
  if (context.options["controlPlane"] === true) return setUpControlPlane(context);
  const { workspace, terminal, options } = context;
  if (options["images"] === true) {
    const binary = await ensureCopier(workspace, { progress: terminal.err });
    terminal.out(options["json"] === true ? JSON.stringify({ binary }) : "what copies images is ready");
    return EXIT_CODES.ok.code;
  }
  const engine = await ensureEngine(workspace, { progress: terminal.err });
  terminal.out(options["json"] === true ? JSON.stringify(engine, null, 2) : `OpenTofu ${engine.version} is ready`);
  return EXIT_CODES.ok.code;
};

/** Builds what control planes run; with `--check` it only says what is not built. */
async function setUpControlPlane(
  { workspace, terminal, options }: CommandContext,
  delivery?: Deliverer,
): Promise<number> {
  if (options["check"] !== true) await ensurePrograms(workspace, { delivery, progress: terminal.err });
  const missing = missingPrograms(workspace, delivery);
  const said = missing.length === 0 ? "what control planes run is ready" : `not built: ${missing.join(", ")}`;
  terminal.out(options["json"] === true ? JSON.stringify({ missing }) : said);
  return missing.length === 0 ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
}
