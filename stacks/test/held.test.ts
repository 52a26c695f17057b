import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadEnvironment } from "@paved/environments";
import { defineService, deviate, NodeApi, type NodeApiProps } from "@paved/golden-paths";
import type { DeviationTerms, FleetIndex, Releases } from "@paved/model";
import { synthesize } from "../src";
import { findingsOf, terms } from "./service-fixture";

const about = {
  name: "newcomer",
  owner: "commerce",
  tier: 2,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com",
} as const;

let output: string;
beforeEach(() => {
  output = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "paved-held-")), "cdktf.out");
});
afterEach(() => fs.rmSync(path.dirname(output), { recursive: true, force: true }));

/** What is wrong with a service of which no image was ever released, unless said otherwise. */
function findings(options: Partial<NodeApiProps> = {}, releases: Releases = {}): readonly string[] {
  const definition = defineService(about, (stack) => {
    new NodeApi(stack, "api", { image: "commerce/newcomer", port: 8080, ...options });
  });
  const services = () => [{ definition, file: "stacks/services/newcomer.ts" }];
  const environments = () => [{ ...loadEnvironment("dev"), releases }];
  const findings = findingsOf(() => synthesize({ output, services, environments }));
  return findings.map(({ code, where, got }) => `${code} ${where}: ${got}`);
}
const deviating = (change: Partial<DeviationTerms>): Partial<NodeApiProps> => ({
  customize: {
    deployment: deviate({ ...terms, ...change }, (it) => ({ ...it, spec: { ...it.spec!, minReadySeconds: 9 } })),
  },
});

test("nothing is written of a workload that waits for an image, nor the digest that stands for one", () => {
  expect(findings()).toEqual([]);
  expect(fs.existsSync(path.join(output, "gitops", "dev", "newcomer"))).toBe(false);
  const files = fs.readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((file) => fs.readFileSync(path.join(file.parentPath, file.name), "utf8"));
  expect(texts.filter((text) => text.includes("0".repeat(64)))).toEqual([]);
});

test("fails with PVD1033 for a change that changes nothing before the first release", () => {
  expect(findings({ customize: { deployment: deviate(terms, (deployment) => deployment) } })).toEqual([
    "PVD1033 stacks/services/newcomer.ts customize.deployment: a deviation from startup-time that changes nothing",
  ]);
});

test("fails with PVD1029 for a credential in what will be delivered with the first release", () => {
  // Put together here, so that no scanner takes this file for a leak.
  const found = findings({ config: { UPSTREAM: `https://me:${`AKIA${"Q".repeat(16)}`}@x.test` } });
  expect(found).toEqual([expect.stringMatching(/^PVD1029 dev newcomer Deployment\/newcomer spec\./)]);
});

test("a deviation is its service's owner's, and agreed to by who may", () => {
  expect(findings(deviating({}))).toEqual([]);
});

test.each([
  ["owner", "growth"],
  ["approvedBy", "payments"],
])("fails with PVD1031 for a deviation whose %s is another team", (field, team) => {
  expect(findings(deviating({ [field]: team }))).toEqual([
    `PVD1031 stacks/services/newcomer.ts deviate ${field}: "${team}"`,
  ]);
});

test("fails with PVD1031 for a critical rule that is left without who answers for security", () => {
  const critical = { rule: ["startup-time", "K8S-CTR-001"] };
  expect(findings(deviating(critical))).toEqual(['PVD1031 stacks/services/newcomer.ts deviate approvedBy: "platform"']);
  expect(findings(deviating({ ...critical, approvedBy: "security" }))).toEqual([]);
});

const digest = `sha256:${"a".repeat(64)}`;

/** What the index says of the service. */
function release(): unknown {
  const { stacks } = JSON.parse(fs.readFileSync(path.join(output, "paved.json"), "utf8")) as FleetIndex;
  return stacks.find(({ service }) => service === about.name)?.release;
}

test("the index says whether an image is released", () => {
  expect(findings()).toEqual([]);
  expect(release()).toBe("awaited");
  expect(findings({}, { newcomer: digest })).toEqual([]);
  expect(release()).toBe("released");
});

test("fails with PVD1020 for a digest of a service that the fleet does not have", () => {
  expect(findings({}, { newcommer: digest })).toEqual([
    "PVD1020 environments/dev/releases.json newcommer: a digest of a service that the fleet does not have",
  ]);
});
