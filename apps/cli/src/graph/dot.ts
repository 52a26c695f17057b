import { FILLS } from "./mermaid";
import type { GraphEdge, GraphNode, StackGraph } from "./stack-graph";

/** Edges have the colour of the stack that they come from, so that they need no label; dark enough on a light ground. */
const STROKES = {
  state: "#8250df",
  network: "#0969da",
  cluster: "#1a7f37",
  platform: "#9a6700",
  service: "#57606a",
} as const;

/** The graph in Graphviz's language: a cluster for each environment, contracts named where they are published. */
export function toDot({ environments, edges }: StackGraph): string {
  const kinds = new Map(environments.flatMap(({ stacks }) => stacks.map(({ name, kind }) => [name, kind])));
  const lines = [
    "digraph stacks {",
    '  graph [rankdir=LR, ordering=out, fontname="Helvetica", fontsize=13, nodesep=0.15, ranksep=0.9, pad=0.2, bgcolor="white"];',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color="#57606a", margin="0.18,0.08"];',
    "  edge [arrowsize=0.6];",
  ];
  // Graphviz fills this layout from the bottom up: what is said last is drawn first.
  for (const { name, stacks } of environments.toReversed()) {
    lines.push(`  subgraph ${quote(`cluster_${name}`)} {`);
    lines.push(`    label=${text(name)}; labeljust=l; style="rounded,filled"; color="#d0d7de"; fillcolor="#f6f8fa";`);
    for (const stack of stacks) {
      const { name: id, kind, owner } = stack;
      const tooltip = text(`${id}, owner ${owner}`);
      lines.push(
        `    ${quote(id)} [label=${text(labelOf(stack))}, fillcolor=${quote(FILLS[kind])}, tooltip=${tooltip}];`,
      );
    }
    lines.push("  }");
  }
  for (const edge of edges.toReversed()) {
    const { from, to, contracts } = edge;
    const colour = quote(STROKES[kinds.get(from) ?? "service"]);
    const style = contracts.length === 0 ? ", style=dashed" : "";
    lines.push(`  ${quote(from)} -> ${quote(to)} [color=${colour}, tooltip=${text(meaningOf(edge))}${style}];`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

const labelOf = ({ label, publishes }: GraphNode): string => [label, ...publishes].join("\n");

const meaningOf = ({ from, to, contracts }: GraphEdge): string =>
  contracts.length === 0 ? `${to} comes after ${from}` : `${to} reads ${contracts.join(", ")}`;

/** Text that a person reads: there Graphviz resolves entities. */
function text(shown: string): string {
  return quote(shown.replace(/&/g, "&amp;")).replace(/\n/g, "\\n");
}

function quote(id: string): string {
  return `"${id.replace(/"/g, '\\"')}"`;
}
