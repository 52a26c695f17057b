import type { Layer } from "./layer";
import type { QuestionName } from "./questions";

/** What is made for a new service on one golden path. */
export interface Scaffold {
  /** The golden path that it is for. */
  readonly name: string;
  /** Goes up with every change of what it makes: how many `changes` there are. A repository records which one made it. */
  readonly version: number;
  /** What each version brought, from the first one on: a sentence for those who have an older one. */
  readonly changes: readonly string[];
  /** As the golden path is called. */
  readonly title: string;
  /** What the repository is, in a sentence. */
  readonly summary: string;
  readonly asks: readonly QuestionName[];
  /** What the repository is made from. No two that are used together have one file. */
  readonly layers: readonly Layer[];
}

const ABOUT = ["name", "owner", "organisation", "tier", "onCall", "description"] as const;

const STORES = ["database", "cache"] as const;
const SERVICE: Layer = { folder: "service" };
const CONTAINER: Layer = { folder: "container" };

const FIRST = "The first one.";
const PROMOTED =
  "README and on-call page say `paved promote` and `paved rollback`, where they said to look the digest up.";
const UPGRADED = "README says how a newer scaffold is taken over.";
const NOT_BACK = "The workflow proposes no release of a commit that is older than what was proposed last.";
const FORWARDS =
  "No build is published over a newer one; `bring-back.yml` goes back. The example keeps what people type in the query.";
const TOLD = "A page says which variables the platform sets, those of a database and a cache of its own too.";

const DEFINED: readonly Omit<Scaffold, "version">[] = [
  {
    name: "grpc-service",
    changes: [FIRST, PROMOTED, UPGRADED, NOT_BACK, TOLD],
    title: "gRPC service",
    summary:
      "A typed gRPC service on Node.js: health, reflection, metrics, traces, a graceful end, its client, and tests.",
    asks: [...ABOUT, "size", ...STORES],
    layers: [SERVICE, CONTAINER, { folder: "grpc-service" }],
  },
  {
    name: "node-api",
    changes: [
      FIRST,
      PROMOTED,
      `A request that is not here whole within 30 seconds is given up. ${UPGRADED}`,
      NOT_BACK,
      `With a database of its own, which .paved.json says before the upgrade, it signs in there and is ready while that answers. ${TOLD}`,
    ],
    title: "Node.js API",
    summary: "A typed HTTP API on Fastify: health, metrics, traces, structured logs, a graceful end, and tests.",
    asks: [...ABOUT, "size", ...STORES, "exposeAt"],
    layers: [
      SERVICE,
      CONTAINER,
      { folder: "node-api" },
      { folder: "node-api-alone", when: 'parameters.database == "none"' },
      { folder: "node-api-database", when: 'parameters.database != "none"' },
    ],
  },
  {
    name: "python-worker",
    changes: [FIRST, PROMOTED, `README says the commands that make the lock files anew. ${UPGRADED}`, NOT_BACK, TOLD],
    title: "Python worker",
    summary: "Takes messages from SQS: retry with growing pauses, idempotency, dead letters, metrics, and tests.",
    asks: [...ABOUT, "size", ...STORES, "visibilitySeconds", "attempts"],
    layers: [SERVICE, CONTAINER, { folder: "python-worker" }],
  },
  {
    name: "react-frontend",
    changes: [FIRST, FORWARDS],
    title: "React frontend",
    summary:
      "A typed single-page application on Vite, shown with the platform's security headers, and tests in a browser.",
    asks: [...ABOUT, "host"],
    layers: [SERVICE, { folder: "react-frontend" }],
  },
];

/** Every scaffold, by name. */
export const SCAFFOLDS: readonly Scaffold[] = DEFINED.map((scaffold) => ({
  ...scaffold,
  version: scaffold.changes.length,
}));
