import { type BundleEvidence, parseBundleEvidence } from "../src";

const hash = "a".repeat(64);
const id = "b".repeat(40);
const plan = {
  hash,
  counts: { add: 1, change: 0, destroy: 1 },
  actions: { replace: ["aws_kms_key.a"] },
  losses: [{ address: "aws_kms_key.a", action: "replace", loses: "all that is encrypted with it" }],
} as const;

const evidence: BundleEvidence = {
  version: 1,
  mode: "live",
  commit: { id, clean: true, brought: [id], authors: ["Ada"] },
  base: { revision: "origin/main", commit: id, tree: id },
  engine: "1.12.6",
  encryption: "kms",
  day: "2026-12-01",
  policy: { rules: 1, checks: 2, broken: 0, hash },
  approvals: { dev: 1 },
  stacks: [
    {
      name: "dev-network",
      environment: "dev",
      status: "planned",
      root: hash,
      providers: { "registry.opentofu.org/hashicorp/aws": "6.25.0" },
      lock: hash,
      state: { lineage: "l", serial: 1 },
      plan,
      waitsFor: [],
    },
  ],
};
const [stack] = evidence.stacks;

test("evidence as it is written is taken as it is", () => {
  expect(parseBundleEvidence(evidence, "bundle.json")).toBe(evidence);
});

test.each([
  ["nothing at all", undefined, "evidence"],
  ["a field that nobody wrote", { ...evidence, by: "ada" }, "evidence"],
  ["a version that is none", { ...evidence, version: "1" }, "version"],
  ["another mode", { ...evidence, mode: "cloud" }, "mode"],
  ["a revision for a commit", { ...evidence, commit: { ...evidence.commit, id: "main" } }, "commit.id"],
  ["a hash that is cut short", { ...evidence, policy: { ...evidence.policy, hash: "abc" } }, "policy.hash"],
  ["approvals that are none", { ...evidence, approvals: { dev: -1 } }, "approvals.dev"],
  ["a stack that leads out of the bundle", { ...evidence, stacks: [{ ...stack, name: "../x" }] }, "stacks.0.name"],
  ["a plan of a stack that waits", { ...evidence, stacks: [{ ...stack, status: "waits" }] }, "stacks"],
  ["a stack that is planned without a plan", { ...evidence, stacks: [{ ...stack, plan: undefined }] }, "stacks"],
  ["one stack twice", { ...evidence, stacks: [stack, stack] }, "stacks"],
])("fails with PVD5002 on %s", (_what, data, field) => {
  expect(() => parseBundleEvidence(data, "bundle.json")).toThrow(`PVD5002 bundle.json ${field}: got`);
});

test("fails with PVD5003 on another version, whatever else it says", () => {
  expect(() => parseBundleEvidence({ version: 2 }, "bundle.json")).toThrow(/^PVD5003 bundle.json: got version 2/);
});
