import { type Finding, PavedError, type Releases } from "@paved/model";
import { type PastText, pastTexts, readReleases, releasesFile, type Workspace } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { oneEnvironment } from "../releases/asked";
import { release } from "../releases/release";
import { type AskedService, refuseWithoutImage } from "../releases/released-service";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved rollback` */
export const rollbackCommand: CommandRun = async (context) => {
  const service = context.arguments[0]!;
  const environment = oneEnvironment(context.options, "env");
  const { index } = await fleetAtHand(context);
  refuseWithoutImage(index, { service, environment });
  const { digest, commit } = releaseBefore(context.workspace, { service, environment });
  release(context, { service, environment, digest, origin: { commit: commit.slice(0, 12) } });
  return EXIT_CODES.ok.code;
};

/** @throws PavedError PVD4003 where there is no repository, PVD4008 when its history has no other digest */
function releaseBefore(workspace: Workspace, { service, environment }: AskedService) {
  const file = releasesFile(environment);
  const present = readReleases(workspace, environment)[service];
  if (present !== undefined) {
    for (const past of pastTexts(workspace, file)) {
      const digest = digestIn(past, service);
      if (digest !== undefined && digest !== present) return { digest, commit: past.commit };
    }
  }
  throw new PavedError(noneBefore(file, service, present));
}

/** What a file said of a service, whatever else was wrong with it at the time. */
function digestIn({ text }: PastText, service: string): string | undefined {
  try {
    const digest = (JSON.parse(text) as Releases)[service];
    return typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
  } catch {
    return undefined;
  }
}

function noneBefore(where: string, service: string, present: string | undefined): Finding {
  return {
    code: "PVD4008",
    where,
    got: `${present === undefined ? "no release" : "only the present release"} of ${service}`,
    want: "another one before it, in the history of Git",
    fix: "git fetch --unshallow where the clone has not everything; paved deploy takes any digest",
  };
}
