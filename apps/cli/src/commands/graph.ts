import { withDependencies } from "@paved/pipeline";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { outputFile, writeResult } from "./output-file";
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
  const file = outputFile(options, "output");
  const fleet = await fleetAtHand(context);
  const graph = stackGraph(withDependencies(fleet.stacks, chosenStacks(fleet, options)));
  writeResult(terminal, file, await FORMATS[String(options["format"])]!(graph));
  return EXIT_CODES.ok.code;
};
