import { Findings } from "@paved/model";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { missing, oneEnvironment } from "../releases/asked";
import { release } from "../releases/release";
import { refuseWithoutImage } from "../releases/released-service";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved deploy` */
export const deployCommand: CommandRun = async (context) => {
  const service = context.arguments[0]!;
  const { environment, digest } = said(context);
  const { index } = await fleetAtHand(context);
  refuseWithoutImage(index, { service, environment });
  release(context, { service, environment, digest });
  return EXIT_CODES.ok.code;
};

function said({ options }: CommandContext): { readonly environment: string; readonly digest: string } {
  const { digest } = options;
  const findings = new Findings();
  const environment = findings.collect(() => oneEnvironment(options, "env"));
  if (typeof digest !== "string" || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    const got = typeof digest === "string" ? JSON.stringify(digest) : "nothing";
    const fix = "copy it from the registry, or from what pushed the image; a tag is not enough";
    findings.add({ ...missing("--digest", "sha256: and 64 hexadecimal digits", fix), got });
  }
  findings.throwIfAny();
  return { environment: environment!, digest: digest as string };
}
