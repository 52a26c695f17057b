import { ENVIRONMENT_NAMES } from "@paved/model";
import { edits } from "../kill-table/edits";
import type { RepositoryWorkspace } from "../repository-workspace";

/** A change that somebody could make in a pull request. */
export interface Change {
  readonly sort: "service" | "module" | "environment" | "packages" | "texts";
  readonly what: string;
  /** Makes it in the working tree. @returns whether it could be made: its text may be gone by then */
  readonly make: (workspace: RepositoryWorkspace, random: () => number) => boolean;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SERVICES = [
  "backoffice",
  "catalog",
  "fulfilment",
  "inventory",
  "ledger",
  "notifications",
  "orders",
  "payments",
  "pricing",
  "recommendations",
  "search-index",
  "sessions",
  "settlement",
  "storefront",
] as const;

function one<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}

function edited(workspace: RepositoryWorkspace, file: string, from: string | RegExp, to: string): boolean {
  const text = workspace.read(file);
  const result = text.replace(from, () => to);
  if (result === text) return false;
  workspace.write(file, result);
  return true;
}

const inService = (what: string, from: string | RegExp, to: (random: () => number) => string): Change => ({
  sort: "service",
  what,
  make: (workspace, random) => {
    const start = Math.floor(random() * SERVICES.length);
    const turned = [...SERVICES.slice(start), ...SERVICES.slice(0, start)];
    return turned.some((name) => edited(workspace, `stacks/services/${name}.ts`, from, to(random)));
  },
});

const number = (random: () => number, from: number, to: number): number => Math.floor(from + random() * (to - from));

const services: readonly Change[] = [
  inService("another setting", /image: "([\w/-]+)"/, (random) => `image: "shop/image-${number(random, 1, 99)}"`),
  inService("settings", /port: 8080/, (random) => `port: 8080, config: { LIMIT: "${number(random, 1, 99)}" }`),
  inService("another tier", /tier: (\d)/, (random) => `tier: ${number(random, 1, 4)}`),
  inService(
    "larger pods",
    /port: (8080|9000)/,
    (random) => `port: 8080, size: "${one(["small", "medium", "large"], random)}"`,
  ),
  inService("another promise", /port: 8080/, () => "port: 8080, objectives: { availability: 99.7 }"),
  inService("a bucket", /port: 8080/, () => "port: 8080, bucket: true"),
  inService(
    "another runbook",
    /const runbook = "([^"]+)"/,
    (random) => `const runbook = "https://runbooks.paved.example.com/p${number(random, 1, 99)}"`,
  ),
  inService("a comment", /^import/, () => "// Looked at again.\nimport"),
  inService("lines that are empty", /\n\nexport/, () => "\n\n\n\nexport"),
  {
    sort: "service",
    what: "a new service",
    make: (workspace, random) => {
      const name = `new-${number(random, 1, 999)}`;
      const text = workspace.read("stacks/services/orders.ts");
      const own = text
        .replaceAll('"orders"', `"${name}"`)
        .replaceAll("/orders", `/${name}`)
        .replace(', database: { size: "small" }', "");
      workspace.write(`stacks/services/${name}.ts`, own);
      return true;
    },
  },
];

const modules: readonly Change[] = [
  ...edits
    .filter(({ file, caught }) => file.startsWith("modules/") && caught === "policy")
    .map(({ file, from, to, what }): Change => ({
      sort: "module",
      what,
      make: (workspace) => edited(workspace, file, from, to),
    })),
  ...["queue/queue.ts", "database/database.ts", "bucket/bucket.ts", "stack/origin.ts"].map((file): Change => ({
    sort: "module",
    what: `a comment in ${file}`,
    make: (workspace) => edited(workspace, `modules/src/${file}`, /^/, "// Looked at again.\n"),
  })),
];

const inEnvironment = (what: string, from: RegExp, to: (random: () => number) => string): Change => ({
  sort: "environment",
  what,
  make: (workspace, random) =>
    edited(workspace, `environments/src/${one(ENVIRONMENT_NAMES, random)}.ts`, from, to(random)),
});

const environments: readonly Change[] = [
  inEnvironment("other logs", /logRetentionDays: \d+/, () => "logRetentionDays: 400"),
  inEnvironment("more nodes", /min: \d+, max: \d+/, (random) => `min: 3, max: ${number(random, 20, 40)}`),
  inEnvironment(
    "other backups",
    /backupRetentionDays: \d+/,
    (random) => `backupRetentionDays: ${number(random, 8, 35)}`,
  ),
  inEnvironment("larger disks", /diskGiB: \d+/, (random) => `diskGiB: ${number(random, 120, 300)}`),
  {
    sort: "environment",
    what: "a release",
    make: (workspace, random) => {
      const file = `environments/${one(ENVIRONMENT_NAMES, random)}/releases.json`;
      const releases = JSON.parse(workspace.read(file)) as Record<string, string>;
      const name = one(Object.keys(releases), random);
      const digest = Array.from({ length: 64 }, () => "0123456789abcdef"[Math.floor(random() * 16)]).join("");
      workspace.write(file, `${JSON.stringify({ ...releases, [name]: `sha256:${digest}` }, null, 2)}\n`);
      return true;
    },
  },
];

const packages: readonly Change[] = [
  {
    sort: "packages",
    what: "another lock file, of the same packages",
    make: (workspace, random) =>
      edited(
        workspace,
        "package-lock.json",
        /"lockfileVersion": 3,/,
        `"lockfileVersion": 3,${" ".repeat(number(random, 1, 9))}`,
      ),
  },
];

const texts: readonly Change[] = [
  ["README.md", "words"],
  ["docs/addresses.md", "words"],
  ["modules/test/new.test.ts", "a test"],
  ["golden-paths/README.md", "a page"],
].map(([file = "", what = ""]): Change => ({
  sort: "texts",
  what: `${what} in ${file}`,
  make: (workspace, random) => {
    workspace.write(file, `${number(random, 1, 1e9)}\n`);
    return true;
  },
}));

const SORTS: readonly (readonly Change[])[] = [services, modules, environments, packages, texts];

/** So many changes, of every sort in turn, the same for the same seed. */
export function changes(
  count: number,
  seed: number,
): readonly { readonly change: Change; readonly random: () => number }[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_each, index) => {
    // Packages have one way to change, so they take every tenth turn only.
    const sort =
      index % 10 === 9 ? packages : (SORTS.filter((each) => each !== packages)[index % 4] as readonly Change[]);
    return { change: one(sort, random), random: randomOf(seed * 1000 + index) };
  });
}
