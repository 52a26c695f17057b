import type { StackEntry } from "@paved/model";
import { toDot } from "../src/graph/dot";
import { toMermaid } from "../src/graph/mermaid";
import { stackGraph } from "../src/graph/stack-graph";
import { toSvg } from "../src/graph/svg";
import { index } from "./sample-fleet";

const graph = stackGraph(index.stacks);
const dev = stackGraph(index.stacks.filter(({ environment }) => environment === "dev"));

test("an edge is drawn for everything a stack waits for, with the contracts it reads", () => {
  expect(dev.edges).toEqual([
    { from: "dev-network", to: "dev-cluster", contracts: ["network@1"] },
    { from: "dev-network", to: "dev-orders", contracts: ["network@1"] },
    { from: "dev-cluster", to: "dev-orders", contracts: ["cluster@1"] },
  ]);
});

test("edges to stacks that are not drawn are left out", () => {
  expect(stackGraph(index.stacks.filter(({ name }) => name === "dev-orders")).edges).toEqual([]);
});

test("mermaid", () => {
  expect(toMermaid(dev)).toMatchInlineSnapshot(`
   "flowchart LR
     subgraph s_env_dev["dev"]
       s_dev_network["network"]:::network
       s_dev_cluster["cluster"]:::cluster
       s_dev_orders["orders"]:::service
     end
     s_dev_network -->|"network@1"| s_dev_cluster
     s_dev_network -->|"network@1"| s_dev_orders
     s_dev_cluster -->|"cluster@1"| s_dev_orders
     classDef network fill:#ddf4ff,stroke:#57606a,color:#1f2328
     classDef cluster fill:#dafbe1,stroke:#57606a,color:#1f2328
     classDef platform fill:#fff8c5,stroke:#57606a,color:#1f2328
     classDef service fill:#ffffff,stroke:#57606a,color:#1f2328
   "
  `);
});

test("Graphviz", () => {
  expect(toDot(dev)).toMatchInlineSnapshot(`
   "digraph stacks {
     graph [rankdir=LR, fontname="Helvetica", fontsize=13, nodesep=0.15, ranksep=0.9, pad=0.2, bgcolor="white"];
     node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color="#57606a", margin="0.18,0.08"];
     edge [arrowsize=0.6];
     subgraph "cluster_dev" {
       label="dev"; labeljust=l; style="rounded,filled"; color="#d0d7de"; fillcolor="#f6f8fa";
       "dev-network" [label="network\\nnetwork@1", fillcolor="#ddf4ff", tooltip="dev-network, owner platform"];
       "dev-cluster" [label="cluster\\ncluster@1", fillcolor="#dafbe1", tooltip="dev-cluster, owner platform"];
       "dev-orders" [label="orders", fillcolor="#ffffff", tooltip="dev-orders, owner commerce"];
     }
     "dev-network" -> "dev-cluster" [color="#218bff", tooltip="dev-cluster reads network@1"];
     "dev-network" -> "dev-orders" [color="#218bff", tooltip="dev-orders reads network@1"];
     "dev-cluster" -> "dev-orders" [color="#2da44e", tooltip="dev-orders reads cluster@1"];
   }
   "
  `);
});

test("names with quotes and words of the language stay names", () => {
  const odd = { ...index.stacks[0]!, name: 'dev-end"', environment: "dev" } satisfies StackEntry;
  expect(toMermaid(stackGraph([odd]))).toContain('s_dev_end_["end#quot;"]:::network');
  expect(toDot(stackGraph([odd]))).toContain('"dev-end\\"" [label="end\\"\\nnetwork@1"');
});

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The box of each stack in the drawing, by the stack's name. */
function boxes(svg: string): ReadonlyMap<string, Box> {
  const nodes = svg.split('class="node"').slice(1);
  return new Map(
    nodes.map((node) => {
      const name = /<title>([^<]+)<\/title>/.exec(node)?.[1]?.replaceAll("&#45;", "-") ?? "";
      const outline = / d="([^"]+)"/.exec(node)?.[1] ?? "";
      const points = [...outline.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      return [name, { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }];
    }),
  );
}

const apart = (a: Box, b: Box) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

test("the drawing has every stack in a box of its own, every contract, and is the same each time", async () => {
  const svg = await toSvg(graph);
  const drawn = boxes(svg);
  expect([...drawn.keys()].toSorted()).toEqual(index.stacks.map(({ name }) => name).toSorted());
  const all = [...drawn.values()];
  for (const [place, box] of all.entries()) {
    expect(box.right - box.left).toBeGreaterThan(10);
    expect(all.slice(place + 1).filter((other) => !apart(box, other))).toEqual([]);
  }
  expect(svg.match(/class="edge"/g)).toHaveLength(graph.edges.length);
  for (const contract of ["network@1", "cluster@1"]) expect(svg).toContain(`>${contract}</text>`);
  for (const { to, contracts } of graph.edges)
    expect(svg).toContain(`${to} reads ${contracts.join(", ")}`.replaceAll("-", "&#45;"));
  expect(await toSvg(graph)).toBe(svg);
});
