import type { FleetIndex, StackEntry } from "@paved/model";
import type { StackResult } from "@paved/pipeline";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import { createTerminal, type Terminal } from "../src/terminal/terminal";

const stack = (environment: string, short: string, more: Partial<StackEntry>): StackEntry => ({
  name: `${environment}-${short}`,
  environment,
  kind: "service",
  owner: "platform",
  directory: `stacks/${environment}-${short}`,
  dependsOn: [],
  publishes: [],
  consumes: [],
  notes: [],
  deviations: [],
  records: { moved: [], retired: [], forgotten: [], imported: [] },
  elements: {},
  ...more,
});

const environment = (name: string): StackEntry[] => [
  stack(name, "network", {
    kind: "network",
    publishes: ["network@1"],
    elements: { "aws_vpc.network_vpc": { path: "network/vpc" } },
  }),
  stack(name, "cluster", {
    kind: "cluster",
    dependsOn: [`${name}-network`],
    publishes: ["cluster@1"],
    consumes: [{ contract: "network@1", from: `${name}-network` }],
  }),
  stack(name, "orders", {
    service: "orders",
    release: name === "dev" ? "released" : "awaited",
    owner: "commerce",
    dependsOn: [`${name}-cluster`, `${name}-network`],
    consumes: [
      { contract: "network@1", from: `${name}-network` },
      { contract: "cluster@1", from: `${name}-cluster` },
    ],
    elements: {
      "aws_db_instance.api_database_instance": {
        path: "api/database/instance",
        goldenPath: "node-api@1",
        source: "stacks/services/orders.ts:9",
      },
    },
  }),
];

/** Two environments with one service. */
export const index: FleetIndex = {
  version: 1,
  environments: [environmentEntry("dev"), environmentEntry("production")],
  stacks: [...environment("dev"), ...environment("production")],
  services: [
    {
      name: "orders",
      owner: "commerce",
      tier: 1,
      onCall: "commerce-primary",
      runbook: "https://runbooks.example.com/orders",
      source: "stacks/services/orders.ts",
      goldenPath: "node-api@1",
      stacks: ["dev-orders", "production-orders"],
      allowsFrom: [],
    },
  ],
  goldenPaths: [
    {
      name: "node-api",
      version: 1,
      title: "Node.js API",
      summary: "An HTTP API on Node.js.",
      example: "stacks/services/orders.ts",
      options: { type: "object", properties: { image: { type: "string" } }, required: ["image"] },
    },
  ],
};

/** How a stack came out of a run, applied unless said otherwise. */
export const result = (name: string, more: Partial<StackResult> = {}): StackResult => ({
  name,
  environment: name.split("-")[0]!,
  status: "applied",
  resources: 3,
  plan: { add: 3, change: 0, destroy: 0 },
  secondPlan: { add: 0, change: 0, destroy: 0 },
  changes: [],
  waitsFor: [],
  findings: [],
  notes: [],
  seconds: 1.25,
  ...more,
});

/** A terminal that keeps what is written to it. */
export function kept(
  settings: { readonly tty?: boolean; readonly environment?: Record<string, string>; readonly noColour?: boolean } = {},
): { readonly terminal: Terminal; readonly out: string[]; readonly err: string[] } {
  const { tty = false, environment: variables = {}, noColour = false } = settings;
  const out: string[] = [];
  const err: string[] = [];
  const stream = (lines: string[]) => ({ isTTY: tty, write: (text: string) => lines.push(text.replace(/\n$/, "")) });
  const terminal = createTerminal({ stdout: stream(out), stderr: stream(err), environment: variables, noColour });
  return { terminal, out, err };
}
