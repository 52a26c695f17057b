import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { writeGoldenPathPages } from "../golden-paths/pages";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved golden-paths` */
export const goldenPathsCommand: CommandRun = async (context) => {
  const { terminal, options, workspace } = context;
  const { index } = await fleetAtHand(context);
  const written = options["write"] === true ? writeGoldenPathPages(workspace, index.goldenPaths) : [];
  const goldenPaths = index.goldenPaths.map((path) => ({
    ...path,
    services: index.services
      .filter(({ goldenPath }) => goldenPath === `${path.name}@${path.version}`)
      .map(({ name }) => name),
  }));
  if (options["json"] === true) terminal.out(JSON.stringify({ goldenPaths, written }, null, 2));
  else {
    terminal.out(quantity(goldenPaths.length, "golden path"));
    const rows = goldenPaths.map(({ name, version, title, services, example, options: schema }) => [
      `${name}@${version}`,
      title,
      String(services.length),
      String(Object.keys((schema["properties"] ?? {}) as object).length),
      example,
    ]);
    const heads = ["golden path", "what", "services", "options", "example"].map((head) => ({ head }));
    terminal.out(drawTable(terminal, heads, rows));
    for (const file of written) terminal.out(`wrote ${file}`);
  }
  return EXIT_CODES.ok.code;
};
