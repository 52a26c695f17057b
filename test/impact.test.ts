import { RepositoryWorkspace } from "./repository-workspace";

/** What the impact says without a state, held against what the real engine plans on what was applied before. */
const workspace = new RepositoryWorkspace();
afterAll(() => workspace.remove());

const SERVICES = ["orders", "payments", "fulfilment", "sessions", "settlement", "storefront"];
const chosen = ["--env", "dev", ...SERVICES.flatMap((name) => ["--service", name])];

interface Impact {
  readonly stacks: readonly {
    readonly name: string;
    readonly effects: readonly {
      readonly address: string;
      readonly action: string;
      readonly because: readonly string[];
    }[];
  }[];
}
const isOfOthers = (because: string) => because.includes("(contract-");

interface Run {
  readonly stacks: readonly {
    readonly name: string;
    readonly changes: readonly { readonly address: string; readonly action: string }[];
    readonly findings: readonly unknown[];
  }[];
}

beforeAll(() => {
  const { code, out, err } = workspace.paved("rehearse", "--json", ...chosen);
  if (code !== 0) throw new Error(out + err);
}, 300_000);

afterEach(() => workspace.restore());

/** Replaces a text that occurs once. */
function edit(file: string, from: string, to: string): void {
  const text = workspace.read(file);
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times: ${from}`);
  workspace.write(
    file,
    text.replace(from, () => to),
  );
}

/** `destroy dev-orders aws_db_instance.…`, of the services in dev: what an apply does now, or once others are applied. */
function impact(when: "now" | "after others" = "now"): readonly string[] {
  const { code, out, err } = workspace.paved("impact", "--json", "--env", "dev");
  if (code !== 0) throw new Error(out + err);
  const { stacks } = JSON.parse(out) as Impact;
  return stacks
    .filter(({ name }) => SERVICES.some((service) => name === `dev-${service}`))
    .flatMap(({ name, effects }) =>
      effects
        .filter(({ action }) => !["settings", "move"].includes(action))
        .filter(({ because }) => when !== "now" || because.length === 0 || !because.every(isOfOthers))
        .map(({ address, action }) => `${action} ${name} ${address}`),
    )
    .toSorted();
}

/** The engine's word for the same. */
const WORDS: Readonly<Record<string, string>> = { delete: "destroy" };

/** The same, as the real engine plans it. */
function plan(): readonly string[] {
  const { out, err } = workspace.paved("plan", "--json", ...chosen);
  const { stacks } = JSON.parse(out) as Run;
  const findings = stacks.flatMap((stack) => stack.findings);
  if (findings.length > 0) throw new Error(JSON.stringify(findings) + err);
  return stacks
    .flatMap(({ name, changes }) =>
      changes
        .filter(({ action }) => action !== "move")
        .map(({ address, action }) => `${WORDS[action] ?? action} ${name} ${address}`),
    )
    .toSorted();
}

const DATABASE = 'database: { size: "small" }';

test.each([
  [
    "a queue that hides messages for longer",
    "stacks/services/fulfilment.ts",
    'image: "commerce/fulfilment"',
    'image: "commerce/fulfilment", queue: { visibilitySeconds: 120 }',
  ],
  ["a database that goes", "stacks/services/orders.ts", `, ${DATABASE}`, ""],
  [
    "a database that comes, with its keys, users and firewall",
    "stacks/services/sessions.ts",
    "deadlineMs: 200,",
    `deadlineMs: 200, ${DATABASE},`,
  ],
  ["an image repository of another name", "stacks/services/settlement.ts", "payments/settlement", "payments/daily"],
  ["databases of another name", "modules/src/database/database.ts", '"_"), "db"]', '"_"), "data"]'],
  [
    "firewalls of another name, and what names them",
    "modules/src/database/database.ts",
    '["paved", this.identifier, "database"]',
    '["paved", this.identifier, "postgres"]',
  ],
  ["logs that are kept for longer", "environments/src/dev.ts", "logRetentionDays: 365", "logRetentionDays: 400"],
  ["a site of another host", "stacks/services/storefront.ts", 'host: "shop"', 'host: "store"'],
])(
  "%s: the same as the engine plans",
  (_what, file, from, to) => {
    edit(file, from, to);
    const said = impact();
    expect(said).not.toEqual([]);
    expect(said).toEqual(plan());
  },
  120_000,
);

test("what a stack reads of one that is applied first is in the impact before, and in the plan after that", () => {
  const names = '["paved", this.environment.name, props.name], this.node.path)';
  edit("modules/src/topic/topic.ts", names, names.replace("props.name]", 'props.name, "events"]'));
  const said = impact("after others");
  expect(plan()).toEqual(impact());
  expect(workspace.paved("apply", "--env", "dev", "--service", "payments").code).toBe(0);
  expect(plan()).toEqual(said.filter((line) => line.includes(" dev-fulfilment ")));
}, 120_000);
