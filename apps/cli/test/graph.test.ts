import type { StackEntry } from "@paved/model";
import { toDot } from "../src/graph/dot";
import { toMermaid } from "../src/graph/mermaid";
import { stackGraph } from "../src/graph/stack-graph";
import { index } from "./sample-fleet";

const dev = stackGraph(index.stacks.filter(({ environment }) => environment === "dev"));

test("an edge is drawn for everything a stack waits for, with the contracts it reads", () => {
  expect(dev.edges).toEqual([
    { from: "dev-network", to: "dev-cluster", contracts: ["network@1"] },
    { from: "dev-network", to: "dev-orders", contracts: ["network@1"] },
    { from: "dev-cluster", to: "dev-orders", contracts: ["cluster@1"] },
  ]);
});

test("a stack that only comes after another has an edge without a contract, and a contract read twice is one", () => {
  const [network, cluster] = index.stacks;
  const reads = { ...cluster!, consumes: [...cluster!.consumes, ...cluster!.consumes] };
  const waits = { ...cluster!, consumes: [] };
  expect(stackGraph([network!, reads]).edges).toEqual([
    { from: "dev-network", to: "dev-cluster", contracts: ["network@1"] },
  ]);
  const { edges } = stackGraph([network!, waits]);
  expect(edges).toEqual([{ from: "dev-network", to: "dev-cluster", contracts: [] }]);
  expect(toMermaid(stackGraph([network!, waits]))).toContain("  s_dev_network --> s_dev_cluster\n");
  expect(toDot(stackGraph([network!, waits]))).toContain(
    'tooltip="dev-cluster comes after dev-network", style=dashed];',
  );
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
     classDef state fill:#ffeff7,stroke:#57606a,color:#1f2328
     classDef access fill:#fbefff,stroke:#57606a,color:#1f2328
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
     graph [rankdir=LR, ordering=out, fontname="Helvetica", fontsize=13, nodesep=0.15, ranksep=0.9, pad=0.2, bgcolor="white"];
     node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color="#57606a", margin="0.18,0.08"];
     edge [arrowsize=0.6];
     subgraph "cluster_dev" {
       label="dev"; labeljust=l; style="rounded,filled"; color="#d0d7de"; fillcolor="#f6f8fa";
       "dev-network" [label="network\\nnetwork@1", fillcolor="#ddf4ff", tooltip="dev-network, owner platform"];
       "dev-cluster" [label="cluster\\ncluster@1", fillcolor="#dafbe1", tooltip="dev-cluster, owner platform"];
       "dev-orders" [label="orders", fillcolor="#ffffff", tooltip="dev-orders, owner commerce"];
     }
     "dev-cluster" -> "dev-orders" [color="#1a7f37", tooltip="dev-orders reads cluster@1"];
     "dev-network" -> "dev-orders" [color="#0969da", tooltip="dev-orders reads network@1"];
     "dev-network" -> "dev-cluster" [color="#0969da", tooltip="dev-cluster reads network@1"];
   }
   "
  `);
});

test("names with quotes and words of the language stay names", () => {
  const odd = { ...index.stacks[0]!, name: 'dev-end"', environment: "dev" } satisfies StackEntry;
  expect(toMermaid(stackGraph([odd]))).toContain('s_dev_end_["end#quot;"]:::network');
  expect(toDot(stackGraph([odd]))).toContain('"dev-end\\"" [label="end\\"\\nnetwork@1"');
});
