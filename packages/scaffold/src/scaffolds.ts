import type { QuestionName } from "./questions";

/** What is made for a new service on one golden path. */
export interface Scaffold {
  /** The golden path that it is for. */
  readonly name: string;
  /** Goes up with every change of what it makes; a repository records which one made it. */
  readonly version: number;
  /** As the golden path is called. */
  readonly title: string;
  /** What the repository is, in a sentence. */
  readonly summary: string;
  readonly asks: readonly QuestionName[];
  /** Folders below `templates` that the repository is made from. No two have one file. */
  readonly layers: readonly string[];
}

const ABOUT = ["name", "owner", "organisation", "tier", "onCall", "description"] as const;

/** Every scaffold, by name. */
export const SCAFFOLDS: readonly Scaffold[] = [
  {
    name: "grpc-service",
    version: 2,
    title: "gRPC service",
    summary:
      "A typed gRPC service on Node.js: health, reflection, metrics, traces, a graceful end, its client, and tests.",
    asks: [...ABOUT, "size"],
    layers: ["service", "container", "grpc-service"],
  },
  {
    name: "node-api",
    version: 2,
    title: "Node.js API",
    summary: "A typed HTTP API on Fastify: health, metrics, traces, structured logs, a graceful end, and tests.",
    asks: [...ABOUT, "size", "exposeAt"],
    layers: ["service", "container", "node-api"],
  },
  {
    name: "python-worker",
    version: 2,
    title: "Python worker",
    summary: "Takes messages from SQS: retry with growing pauses, idempotency, dead letters, metrics, and tests.",
    asks: [...ABOUT, "size", "visibilitySeconds", "attempts"],
    layers: ["service", "container", "python-worker"],
  },
  {
    name: "react-frontend",
    version: 1,
    title: "React frontend",
    summary:
      "A typed single-page application on Vite, shown with the platform's security headers, and tests in a browser.",
    asks: [...ABOUT, "host"],
    layers: ["service", "react-frontend"],
  },
];
