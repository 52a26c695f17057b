import { toDot } from "./dot";
import type { StackGraph } from "./stack-graph";

/** The graph drawn by Graphviz, compiled to WebAssembly: no program, no network. */
export async function toSvg(graph: StackGraph): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return viz.renderString(toDot(graph), { format: "svg" });
}
