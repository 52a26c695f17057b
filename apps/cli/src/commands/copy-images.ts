import { type CopiedImage, copyImages, releasedImages } from "@paved/images";
import { type EnvironmentEntry, type FleetIndex, imageSources, PavedError } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { stoppable } from "../delivery/stoppable";
import { EXIT_CODES } from "../exit-codes";
import { oneEnvironment } from "../releases/asked";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved copy-images` */
export const copyImagesCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const name = oneEnvironment(options, "env");
  const dryRun = options["dryRun"] === true;
  const { index, delivered } = await fleetAtHand(context);
  select(index, [], { environments: [name] });
  const from = sourcesOf(index, name);
  const to = index.environments.find((environment) => environment.name === name)!;
  const images = releasedImages(delivered, to);
  const copied = await stoppable(
    (signal) => copyImages({ images, to, from, site: workspace, dryRun, signal, progress: terminal.err }),
    "copy of images",
  );
  if (options["json"] === true) {
    const sources = from.map((source) => source.name);
    terminal.out(JSON.stringify({ environment: name, sources, images: copied, dryRun }, null, 2));
  } else {
    for (const line of inWords(name, copied, dryRun)) terminal.out(line);
  }
  return EXIT_CODES.ok.code;
};

/** Where its images come from. @throws PavedError PVD4003 for the first environment, whose images are pushed by whoever builds them */
function sourcesOf({ environments }: FleetIndex, name: string): readonly EnvironmentEntry[] {
  const sources = imageSources(environments, name);
  if (sources.length > 0) return sources;
  const later = environments.filter((one) => imageSources(environments, one.name).length > 0).map((one) => one.name);
  throw new PavedError({
    code: "PVD4003",
    where: "--env",
    got: name,
    want: "an environment that comes after another one; into the first, images are pushed by whoever builds them",
    fix: later.length === 0 ? "there is none" : `choose from ${later.join(", ")}`,
  });
}

function inWords(environment: string, images: readonly CopiedImage[], dryRun: boolean): readonly string[] {
  const missing = images.filter(({ state }) => state !== "there");
  const count = `${environment}: ${quantity(images.length, "image")}, ${images.length - missing.length} there already`;
  return [
    missing.length === 0 ? count : `${count}, ${missing.length} ${dryRun ? "to be copied" : "copied"}`,
    ...missing.map(({ unit, repository, digest, from }) => {
      return `${unit}: ${repository}@${digest} ${from === undefined ? "was there by digest alone" : `from ${from}`}`;
    }),
  ];
}
