import * as os from "node:os";
import * as path from "node:path";
import { writePart, type WrittenPart } from "@paved/testing/src/written-part";

/** A large environment, and how long each step to it took. */
export interface LargeFleet {
  readonly services: number;
  readonly nodes: number;
  readonly pods: number;
  /** Sum of all processes of the control plane afterwards. */
  readonly memoryMiB: number;
  readonly components: readonly { readonly name: string; readonly memoryMiB?: number }[];
  readonly seconds: Readonly<Record<"synth" | "up" | "apply" | "deliver" | "again", number>>;
}

const PART: WrittenPart = {
  page: path.join(__dirname, "../../docs/benchmarks.md"),
  begin: "<!-- written by npm run test:large-fleet -->",
  end: "<!-- end of the large fleet -->",
};

/** Writes what was measured into its page. */
export function writeLargeFleet({ services, nodes, pods, memoryMiB, components, seconds }: LargeFleet): void {
  const steps = [
    ["`paved synth`, of three environments with these services", seconds.synth],
    [`\`paved sandbox up --delivery argo-cd --nodes ${nodes}\``, seconds.up],
    ["`paved apply`, of every stack of the environment, Kubernetes objects on the real API server", seconds.apply],
    ["`paved deliver`, until every application is synced and healthy", seconds.deliver],
    ["`paved deliver` again, with nothing to change", seconds.again],
  ] as const;
  const largest = components.toSorted((one, other) => (other.memoryMiB ?? 0) - (one.memoryMiB ?? 0)).slice(0, 3);
  const lines = [
    `One environment of ${services} services with ${pods} pods on ${nodes} simulated nodes, once, on ${os.availableParallelism()} cores at a load of ${os.loadavg()[1]!.toFixed(0)}:`,
    "",
    "| what | seconds |",
    "| --- | ---: |",
    ...steps.map(([what, took]) => `| ${what} | ${took.toFixed(0)} |`),
    "",
    `Its control plane then has ${memoryMiB} MiB: ${largest.map(({ name, memoryMiB: each = 0 }) => `${name} ${each}`).join(", ")}, and the rest.`,
  ];
  writePart(PART, () => lines.join("\n"));
}
