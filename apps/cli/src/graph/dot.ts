import { FILLS } from "./mermaid";
import type { GraphNode, StackGraph } from "./stack-graph";

/** Edges have the colour of the stack that they come from, so that they need no label. */
const STROKES = { network: "#218bff", cluster: "#2da44e", platform: "#bf8700", service: "#8c959f" } as const;

/** The graph in Graphviz's language: a cluster for each environment, contracts named where they are published. */
export function toDot({ environments, edges }: StackGraph): string {
  const kinds = new Map(environments.flatMap(({ stacks }) => stacks.map(({ name, kind }) => [name, kind])));
  const lines = [
    "digraph stacks {",
    '  graph [rankdir=LR, fontname="Helvetica", fontsize=13, nodesep=0.15, ranksep=0.9, pad=0.2, bgcolor="white"];',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color="#57606a", margin="0.18,0.08"];',
    "  edge [arrowsize=0.6];",
  ];
  for (const { name, stacks } of environments) {
    lines.push(`  subgraph ${quote(`cluster_${name}`)} {`);
    lines.push(`    label=${quote(name)}; labeljust=l; style="rounded,filled"; color="#d0d7de"; fillcolor="#f6f8fa";`);
    for (const stack of stacks) {
      const { name: id, kind, owner } = stack;
      const tooltip = quote(`${id}, owner ${owner}`);
      lines.push(
        `    ${quote(id)} [label=${quote(labelOf(stack))}, fillcolor=${quote(FILLS[kind])}, tooltip=${tooltip}];`,
      );
    }
    lines.push("  }");
  }
  for (const { from, to, contracts } of edges) {
    const what = contracts.length === 0 ? "style=dashed" : `tooltip=${quote(`${to} reads ${contracts.join(", ")}`)}`;
    lines.push(`  ${quote(from)} -> ${quote(to)} [color=${quote(STROKES[kinds.get(from) ?? "service"])}, ${what}];`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

const labelOf = ({ label, publishes }: GraphNode): string => [label, ...publishes].join("\n");

function quote(text: string): string {
  return `"${text.replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}
