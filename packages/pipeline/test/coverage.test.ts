import type { FleetIndex, StackEntry } from "@paved/model";
import { rules, type Verdict } from "@paved/policy";
import { coverageFindings, coverageOf } from "../src/guard-rails/coverage";
import { environmentEntry } from "@paved/testing/src/environment-entry";

const LAYERS = ["network", "cluster", "platform"] as const;

/** An environment that is whole, with one service. */
function fleet(release: StackEntry["release"], layers: readonly StackEntry["kind"][] = LAYERS): FleetIndex {
  const stack = (kind: StackEntry["kind"]) => ({ name: `dev-${kind}`, environment: "dev", kind }) as StackEntry;
  const stacks = [...layers.map(stack), { ...stack("service"), release }];
  return { version: 1, environments: [environmentEntry("dev")], stacks, services: [], goldenPaths: [] };
}

const pods = rules.filter(({ id }) => id.startsWith("K8S-POD") || id.startsWith("K8S-CTR")).map(({ id }) => id);
const every = rules.map(({ id }) => id);
const subject = (name: string, workload: boolean, by: readonly string[]): Verdict["subjects"][number] => ({
  place: "dev/orders",
  environment: "dev",
  subject: name,
  workload,
  rules: by,
});
const other = subject("ConfigMap/orders", false, every);
const deployment = subject("Deployment/orders", true, every);

function found(subjects: Verdict["subjects"], index = fleet("released")): readonly string[] {
  const coverage = coverageOf(index, { subjects, broken: [] }, rules);
  return coverageFindings(index, coverage, rules).map(({ code, where, got }) => `${code} ${where}: ${got}`);
}

test("where every rule looked at something, and at every workload, nothing is found", () => {
  expect(found([deployment, other])).toEqual([]);
});

test("fails with PVD2014 for a rule that judged nothing, but not for one on what a fleet may be without", () => {
  const but = (id: string) => every.filter((each) => each !== id);
  expect(found([{ ...deployment, rules: but("AWS-EC2-007") }])).toEqual([
    "PVD2014 paved AWS-EC2-007: nothing judged: the fleet has no aws_vpc that the rule is about",
  ]);
  expect(found([{ ...deployment, rules: but("AWS-RDS-001") }])).toEqual([]);
});

test("fails with PVD2014 for each control on pods where services are released and no workload is delivered", () => {
  const without = found([other]);
  expect(without).toContain(
    "PVD2014 Pod Security Standards, restricted 1, dev: no workload judged, though services are released",
  );
  expect(without.filter((each) => each.startsWith("PVD2014 Pod Security"))).toHaveLength(17);
});

test("fails with PVD2014 for a control that is on no pods, when nothing was judged for it", () => {
  const eks = every.filter((id) => id !== "AWS-EKS-002");
  expect(found([{ ...deployment, rules: eks }])).toEqual(
    expect.arrayContaining([expect.stringMatching(/^PVD2014 NSA .* 6\.1, dev: nothing judged$/)]),
  );
});

test("fails with PVD2014 once for a workload that rules on pods do not look at", () => {
  const rollout = subject(
    "Rollout/orders",
    true,
    every.filter((id) => !pods.includes(id)),
  );
  expect(found([deployment, other, rollout])).toEqual([
    "PVD2014 dev/orders Rollout/orders: pods that the rules on pods do not look at",
  ]);
});

test.each([
  ["no service is released", fleet("awaited")],
  ["the platform is not there", fleet("released", ["network", "cluster"])],
])("where %s there may be nothing to judge", (_why, index) => {
  expect(found([], index)).toEqual([]);
});
