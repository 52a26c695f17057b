import { type EnvironmentAnswers, environmentFile, listWith, listWithout } from "../src";

const lasting: EnvironmentAnswers = {
  name: "qa",
  account: "444444444444",
  like: "staging",
  region: "eu-west-1",
  cidr: "10.40.0.0/16",
  domain: "qa.example.com",
  apiFrom: ["10.40.0.0/16", "10.250.0.0/20"],
  isInSameRegion: true,
};
const ephemeral = { owner: "commerce", expires: "2026-12-05" };

test("one that lasts says what differs, and is otherwise like another", async () => {
  expect(await environmentFile(lasting)).toMatchInlineSnapshot(`
   "import type { Environment } from "@paved/model";
   import { staging } from "./staging";
   import { signInAs } from "./sign-in";
   import { teamRoles } from "./teams";

   /** As staging, in an account of its own. */
   export const qa = {
     ...staging,
     name: "qa",
     account: "444444444444",
     domain: "qa.example.com",
     network: { ...staging.network, cidr: "10.40.0.0/16" },
     cluster: {
       ...staging.cluster,
       // The runner, in a private subnet of this network, and the VPN.
       api: { from: ["10.40.0.0/16", "10.250.0.0/20"] },
     },
     teams: teamRoles("444444444444"),
     signIn: signInAs("grafana-qa"),
     state: { bucket: "paved-state-444444444444", region: "eu-west-1", kmsKeyAlias: "alias/paved-state" },
   } satisfies Environment;
   "
  `);
});

test("one for a while is small, unprotected, and says whose it is and until when", async () => {
  expect(await environmentFile({ ...lasting, ephemeral })).toMatchInlineSnapshot(`
   "import type { Environment } from "@paved/model";
   import { staging } from "./staging";
   import { signInAs } from "./sign-in";
   import { cacheSizes, databaseSizes } from "./sizes";
   import { teamRoles } from "./teams";

   /** As staging and as small as can be, for commerce until 2026-12-05. */
   export const qa = {
     ...staging,
     name: "qa",
     account: "444444444444",
     domain: "qa.example.com",
     network: { ...staging.network, cidr: "10.40.0.0/16", natGateways: "one" },
     cluster: {
       ...staging.cluster,
       nodes: { ...staging.cluster.nodes, min: 2, max: 4 },
       // The runner, in a private subnet of this network, and the VPN.
       api: { from: ["10.40.0.0/16", "10.250.0.0/20"] },
     },
     database: { sizes: databaseSizes("t4g"), highlyAvailable: false, backupRetentionDays: 7 },
     cache: { sizes: cacheSizes("t4g"), highlyAvailable: false, snapshotRetentionDays: 1 },
     workload: { ...staging.workload, replicas: { min: 1, max: 3 } },
     delivery: { ...staging.delivery, syncWindow: undefined },
     teams: teamRoles("444444444444"),
     protected: false,
     approvals: 0,
     ephemeral: { owner: "commerce", expires: "2026-12-05" },
     signIn: signInAs("grafana-qa"),
     state: { bucket: "paved-state-444444444444", region: "eu-west-1", kmsKeyAlias: "alias/paved-state" },
   } satisfies Environment;
   "
  `);
});

test("one in another region has zones there, and its state", async () => {
  const text = await environmentFile({ ...lasting, region: "eu-central-1", isInSameRegion: false });
  expect(text).toContain('region: "eu-central-1",\n');
  expect(text).toContain('zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"]');
  expect(text).toMatch(/state: \{[^}]*region: "eu-central-1"/);
});

const list = '/** In order. */\nexport const ENVIRONMENT_NAMES = ["dev", "production"] as const;\n';

test("the list has a name more behind another, and is as before without it", async () => {
  const longer = await listWith(list, "qa", "dev");
  expect(longer).toContain('ENVIRONMENT_NAMES = ["dev", "qa", "production"] as const;');
  expect(await listWithout(longer, "qa")).toBe(list);
});

test("the list is changed also when it has become too long for a line", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `environment${index}`);
  let text = list;
  for (const name of names) text = await listWith(text, name, "dev");
  expect(text).toContain('  "environment19",\n  "environment18",\n');
  for (const name of names) text = await listWithout(text, name);
  expect(text).toBe(list);
});
