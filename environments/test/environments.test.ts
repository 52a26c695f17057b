import {
  type Environment,
  ENVIRONMENT_NAME,
  ENVIRONMENT_NAMES,
  environmentSchema,
  parseEnvironment,
} from "@paved/model";
import { loadEnvironment, loadEnvironments } from "../src";
import { apart } from "../src/apart";
import { dev } from "../src/dev";
import { production } from "../src/production";
import { staging } from "../src/staging";

const wrong = (change: (data: Record<string, unknown>) => void): (() => Environment) => {
  const data = structuredClone(dev) as unknown as Record<string, unknown>;
  change(data);
  return () => parseEnvironment(data, "environments/src/dev.ts");
};

const environments = loadEnvironments().map(({ environment }) => environment);

test("every environment passes its schema, in promotion order", () => {
  expect(environments.map(({ name }) => name)).toEqual(ENVIRONMENT_NAMES);
});

test.each(ENVIRONMENT_NAMES)("%s is called what names of stacks, states and files take", (name) => {
  expect(name).toMatch(ENVIRONMENT_NAME);
});

test.each(environments)("$name says every field that the schema has", (environment) => {
  expect(Object.keys(environment).toSorted()).toEqual(Object.keys(environmentSchema.shape).toSorted());
});

test.each<[string, (environment: Environment) => Environment]>([
  ["account", (environment) => ({ ...environment, account: dev.account })],
  ["domain", (environment) => ({ ...environment, domain: dev.domain })],
  ["state.bucket", (environment) => ({ ...environment, state: dev.state })],
  ["network.cidr", (environment) => ({ ...environment, network: dev.network })],
  ["network.cidr", (environment) => ({ ...environment, network: { ...dev.network, cidr: "10.0.0.0/12" } })],
])("fails with PVD1002 when two environments share %s", (field, change) => {
  expect(apart([dev, change(staging)]).map(({ code, where }) => `${code} ${where}`)).toEqual([
    `PVD1002 environments/src/staging.ts ${field}`,
  ]);
  expect(apart([dev, staging, production])).toEqual([]);
});

test.each(environments)("$name lets its own network, where its runner is, to its cluster's endpoint", (of) => {
  expect(of.cluster.api.from).toContain(of.network.cidr);
});

test("production survives a zone and protects its data", () => {
  expect(production).toMatchObject({
    protected: true,
    database: { highlyAvailable: true },
    network: { natGateways: "per-zone" },
  });
  expect(production.workload.replicas.min).toBeGreaterThanOrEqual(production.network.zones.length);
  expect(production.approvals).toBeGreaterThan(0);
});

test("staging has production's versions and zones", () => {
  expect(staging.cluster.version).toBe(production.cluster.version);
  expect(staging.network.zones).toEqual(production.network.zones);
});

test("fails with PVD1001 on an unknown environment, with the likely one", () => {
  expect(() => loadEnvironment("prodution")).toThrow(
    /^PVD1001 environment: got "prodution".*did you mean production\?/,
  );
});

test("fails with PVD1002 naming file, field and fix", () => {
  expect(wrong((data) => (data["account"] = "12"))).toThrow(
    'PVD1002 environments/src/dev.ts account: got "12", want twelve digits; correct account in environments/src/dev.ts',
  );
});

test.each<[string, (data: never) => void]>([
  ["network.cidr", (data: { network: { cidr: string } }) => (data.network.cidr = "10.0.0.0")],
  ["network.zones", (data: { network: { zones: string[] } }) => (data.network.zones = ["eu-west-1a"])],
  [
    "network.flowLogRetentionDays",
    (data: { network: { flowLogRetentionDays: number } }) => (data.network.flowLogRetentionDays = 42),
  ],
  ["cluster.nodes.max", (data: { cluster: { nodes: { max: number } } }) => (data.cluster.nodes.max = 1)],
  [
    "database.sizes.small.instanceClass",
    (data: { database: { sizes: { small: { instanceClass: string } } } }) =>
      (data.database.sizes.small.instanceClass = "t3.small"),
  ],
  [
    "database.backupRetentionDays",
    (data: { database: { backupRetentionDays: number } }) => (data.database.backupRetentionDays = 0),
  ],
  [
    "onCall.rotations.commerce-primary",
    (data: { onCall: { rotations: object } }) => (data.onCall.rotations = { "commerce-primary": { mail: "a@b.c" } }),
  ],
  ["onCall.deadMansSwitch", (data: { onCall: { deadMansSwitch?: string } }) => delete data.onCall.deadMansSwitch],
  [
    "onCall.workingHours.to",
    (data: { onCall: { workingHours: { to: string } } }) => (data.onCall.workingHours.to = "08:00"),
  ],
  [
    "onCall.workingHours.timeZone",
    (data: { onCall: { workingHours: { timeZone: string } } }) => (data.onCall.workingHours.timeZone = "Europe/berlin"),
  ],
  ["signIn.issuer", (data: { signIn: { issuer: string } }) => (data.signIn.issuer = "http://login.example.com")],
  ["signIn.clientSecret", (data: { signIn: { clientSecret?: string } }) => delete data.signIn.clientSecret],
  [
    "cluster.api.from.0",
    (data: { cluster: { api: { from: string[] } } }) => (data.cluster.api.from = ["203.0.113.0/24"]),
  ],
  ["cluster.api.from.0", (data: { cluster: { api: { from: string[] } } }) => (data.cluster.api.from = ["10.0.0.0/8"])],
  ["cluster.api.from", (data: { cluster: { api: { from: string[] } } }) => (data.cluster.api.from = [])],
  [
    "delivery.credentials",
    (data: { delivery: { credentials: string } }) => (data.delivery.credentials = "orders/stripe-api-key"),
  ],
  ...[
    ["schedule", { schedule: "0 25 * * *" }],
    ["schedule", { schedule: "@daily" }],
    ["hours", { hours: 0 }],
    ["hours", { hours: 168 }],
    ["timeZone", { timeZone: "Europe/Atlantis" }],
    ["timeZone", { timeZone: "europe/dublin" }],
    ["timeZone", { timeZone: "+01:00" }],
    ["timeZone", { timeZone: "Asia/KOlkata" }],
  ].map(([field, wrongly]) => [
    `delivery.syncWindow.${field as string}`,
    (data: { delivery: { syncWindow: object } }) =>
      (data.delivery.syncWindow = {
        schedule: "0 9 * * 1-5",
        hours: 8,
        timeZone: "Europe/Dublin",
        ...(wrongly as object),
      }),
  ]),
  ["quota.memory", (data: { quota: { memory: string } }) => (data.quota.memory = "lots")],
  ["environment", (data: { typo: boolean }) => (data.typo = true)],
] as [string, (data: never) => void][])("fails with PVD1002 when %s is wrong", (field, change) => {
  expect(wrong(change as (data: Record<string, unknown>) => void)).toThrow(`PVD1002 environments/src/dev.ts ${field}`);
});

test("fails with PVD1002 when a zone is in another region", () => {
  expect(wrong((data) => ((data["network"] as { zones: string[] }).zones = ["eu-west-1a", "us-east-1b"]))).toThrow(
    /got "us-east-1b", want a zone of eu-west-1/,
  );
});

test.each([
  [
    "a role of another account",
    { commerce: "arn:aws:iam::222222222222:role/commerce" },
    "a role of account 111111111111",
  ],
  ["what is no role", { commerce: "commerce" }, "an IAM role such as"],
  ["a role that another team has", { commerce: dev.teams["growth"], growth: dev.teams["growth"] }, "a role of its own"],
  ["a team without a name", { "": dev.teams["growth"] }, ""],
])("fails with PVD1002 on %s in teams", (_what, teams, want) => {
  expect(wrong((data) => (data["teams"] = teams))).toThrow(/PVD1002 environments\/src\/dev\.ts teams\./);
  expect(wrong((data) => (data["teams"] = teams))).toThrow(want);
});

test("fails with PVD1002 when a team that owns services agrees to deviations", () => {
  expect(wrong((data) => (data["approvers"] = { anyRule: ["security"], uncriticalRules: ["growth"] }))).toThrow(
    'PVD1002 environments/src/dev.ts approvers: got "growth", want a team that owns no service',
  );
});

test("fails with PVD1002 when nobody may agree to leave a critical rule", () => {
  expect(wrong((data) => (data["approvers"] = { anyRule: [], uncriticalRules: ["platform"] }))).toThrow(
    "PVD1002 environments/src/dev.ts approvers.anyRule",
  );
});

test("fails with PVD1002 when a protected environment is applied to without an approval", () => {
  expect(() => parseEnvironment({ ...production, approvals: 0 }, "environments/src/production.ts")).toThrow(
    "PVD1002 environments/src/production.ts approvals: got 0, want 1 or more where data is protected",
  );
});

describe("an ephemeral environment", () => {
  const ephemeral = { owner: "commerce", expires: "2026-12-05" };

  test("has an owner among its teams, or those who approve, and a day", () => {
    for (const owner of ["commerce", "security", "platform"])
      expect(wrong((data) => (data["ephemeral"] = { ...ephemeral, owner }))).not.toThrow();
  });

  test("fails with PVD1002 when it is protected", () => {
    expect(() => parseEnvironment({ ...production, ephemeral }, "environments/src/production.ts")).toThrow(
      "PVD1002 environments/src/production.ts protected: got true, in an ephemeral environment",
    );
  });

  test("fails with PVD1002 when nobody owns it, with the likely team", () => {
    expect(wrong((data) => (data["ephemeral"] = { ...ephemeral, owner: "comerce" }))).toThrow(
      /PVD1002 environments\/src\/dev.ts ephemeral.owner: got "comerce".*did you mean commerce\?/,
    );
  });

  test.each([true, { owner: "commerce" }, { ...ephemeral, expires: "2026-02-30" }, { ...ephemeral, days: 7 }])(
    "fails with PVD1002 for %p",
    (said) => {
      expect(wrong((data) => (data["ephemeral"] = said))).toThrow("PVD1002 environments/src/dev.ts ephemeral");
    },
  );
});

test("fails with PVD1036 when the platform's own rotation has no receiver, with the likely one", () => {
  expect(wrong((data) => ((data["onCall"] as { platform: string }).platform = "platform-primry"))).toThrow(
    /^PVD1036 environments\/src\/dev.ts onCall.platform: got the rotation "platform-primry".*did you mean platform-primary\?/,
  );
});

test("every wrong field is named at once", () => {
  const both = wrong((data) => {
    data["account"] = "12";
    data["region"] = "nowhere";
  });
  expect(both).toThrow(/account[\s\S]*region/);
});
