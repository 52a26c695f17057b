import type { StackGraph } from "./stack-graph";

/** The graph as mermaid, which Git hosts draw in Markdown. */
export function toMermaid({ environments, edges }: StackGraph): string {
  const lines = ["flowchart LR"];
  for (const { name, stacks } of environments) {
    lines.push(`  subgraph ${id(`env-${name}`)}["${escape(name)}"]`);
    for (const stack of stacks) lines.push(`    ${id(stack.name)}["${escape(stack.label)}"]:::${stack.kind}`);
    lines.push("  end");
  }
  for (const { from, to, contracts } of edges) {
    const label = contracts.length === 0 ? "" : `|"${escape(contracts.join(", "))}"|`;
    lines.push(`  ${id(from)} -->${label} ${id(to)}`);
  }
  for (const [kind, fill] of Object.entries(FILLS))
    lines.push(`  classDef ${kind} fill:${fill},stroke:#57606a,color:#1f2328`);
  return `${lines.join("\n")}\n`;
}

/** Fill of a stack by its kind, light enough for dark text. */
export const FILLS = {
  state: "#fbefff",
  network: "#ddf4ff",
  cluster: "#dafbe1",
  platform: "#fff8c5",
  service: "#ffffff",
} as const;

/** Mermaid reads some words and characters in ids as syntax. */
function id(name: string): string {
  return `s_${name.replace(/[^A-Za-z0-9]/g, "_")}`;
}

function escape(text: string): string {
  return text.replace(/"/g, "#quot;");
}
