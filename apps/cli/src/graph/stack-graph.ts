import type { StackEntry, StackKind } from "@paved/model";

/** Stacks and what flows between them: the same picture for every format. */
export interface StackGraph {
  readonly environments: readonly { readonly name: string; readonly stacks: readonly GraphNode[] }[];
  readonly edges: readonly GraphEdge[];
}

/** A stack. */
export interface GraphNode {
  readonly name: string;
  readonly label: string;
  readonly kind: StackKind;
  readonly owner: string;
  /** Contracts it writes, for example `network@1`. */
  readonly publishes: readonly string[];
}

/** `to` reads from `from` what the contracts say; without contracts it only comes after it. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly contracts: readonly string[];
}

/** The graph of some stacks; edges to stacks that are not drawn are left out. */
export function stackGraph(stacks: readonly StackEntry[]): StackGraph {
  const drawn = new Set(stacks.map(({ name }) => name));
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  return {
    environments: names.map((name) => ({
      name,
      stacks: stacks.filter(({ environment }) => environment === name).map(toNode),
    })),
    edges: stacks.flatMap((stack) => edgesInto(stack).filter(({ from }) => drawn.has(from))),
  };
}

function toNode({ name, environment, kind, owner, publishes }: StackEntry): GraphNode {
  const label = name.startsWith(`${environment}-`) ? name.slice(environment.length + 1) : name;
  return { name, label, kind, owner, publishes };
}

function edgesInto(stack: StackEntry): GraphEdge[] {
  const froms = new Set([...stack.consumes.map(({ from }) => from), ...stack.dependsOn]);
  return [...froms].map((from) => ({
    from,
    to: stack.name,
    contracts: [
      ...new Set(stack.consumes.filter((consumed) => consumed.from === from).map(({ contract }) => contract)),
    ],
  }));
}
