import { writeFileSync } from "node:fs";
import { PavedError } from "@paved/model";
import { withDependencies } from "@paved/pipeline";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { toDot } from "../graph/dot";
import { toMermaid } from "../graph/mermaid";
import { stackGraph, type StackGraph } from "../graph/stack-graph";
import { toSvg } from "../graph/svg";

const FORMATS: Readonly<Record<string, (graph: StackGraph) => string | Promise<string>>> = {
  mermaid: toMermaid,
  dot: toDot,
  svg: toSvg,
  json: (graph) => `${JSON.stringify(graph, null, 2)}\n`,
};

/** `paved graph` */
export const graphCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const fleet = await fleetAtHand(context);
  const graph = stackGraph(withDependencies(fleet.stacks, chosenStacks(fleet, options)));
  const text = await FORMATS[String(options["format"])]!(graph);
  const file = options["output"];
  if (typeof file === "string") {
    write(file, text);
    terminal.err(`wrote ${file}`);
  } else terminal.out(text.trimEnd());
  return EXIT_CODES.ok.code;
};

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const got = `${file}: ${(error as Error).message}`;
    const fix = "name another file, or make its directory";
    throw new PavedError({ code: "PVD4003", where: "--output", got, want: "a file that can be written", fix });
  }
}
