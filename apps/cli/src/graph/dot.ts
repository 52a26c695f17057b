import { FILLS } from "./mermaid";
import type { StackGraph } from "./stack-graph";

/** The graph in Graphviz's language: a cluster for each environment, edges labelled with contracts. */
export function toDot({ environments, edges }: StackGraph): string {
  const lines = [
    "digraph stacks {",
    '  graph [rankdir=LR, fontname="Helvetica", fontsize=13, nodesep=0.25, ranksep=1.1, pad=0.3, bgcolor="white"];',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color="#57606a", margin="0.18,0.08"];',
    '  edge [fontname="Helvetica", fontsize=9, color="#8c959f", fontcolor="#57606a", arrowsize=0.7];',
  ];
  for (const { name, stacks } of environments) {
    lines.push(`  subgraph ${quote(`cluster_${name}`)} {`);
    lines.push(`    label=${quote(name)}; labeljust=l; style="rounded,filled"; color="#d0d7de"; fillcolor="#f6f8fa";`);
    for (const { name: stack, label, kind, owner } of stacks) {
      const attributes = `label=${quote(label)}, fillcolor=${quote(FILLS[kind])}, tooltip=${quote(`${stack}, owner ${owner}`)}`;
      lines.push(`    ${quote(stack)} [${attributes}];`);
    }
    lines.push("  }");
  }
  for (const { from, to, contracts } of edges) {
    const attributes = contracts.length === 0 ? "style=dashed" : `label=${quote(contracts.join("\\n"))}`;
    lines.push(`  ${quote(from)} -> ${quote(to)} [${attributes}];`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

function quote(text: string): string {
  return `"${text.replace(/"/g, '\\"')}"`;
}
