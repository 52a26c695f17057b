import type { Benchmark } from "../src/benchmarks/benchmark";
import { byOwner, byRule } from "../src/benchmarks/benchmark";
import { controlStates, isHeld } from "../src/benchmarks/control-state";
import { judgeDelivery, judgeResources, together } from "../src/judge/judge";
import { benchmarkTable, heldInWords } from "../src/pages/benchmark-table";
import { rules } from "../src/rules";
import { environmentEntry } from "@paved/testing/src/environment-entry";

const benchmark: Benchmark = {
  name: "Example",
  source: "nobody",
  controls: [
    byRule("1", "Privileged", "K8S-CTR-001"),
    byRule("2", "Tokens", "K8S-POD-008", "K8S-NS-004"),
    byRule("3", "Clusters", "AWS-EKS-001"),
    byOwner("4", "People", "platform", "they look"),
  ],
};

const pod = (privileged: boolean) => ({
  automountServiceAccountToken: false,
  containers: [{ name: "orders", securityContext: { privileged } }],
});
const workload = (kind: string, name: string, privileged = false) => ({
  kind,
  metadata: { name },
  spec: { template: { spec: pod(privileged) } },
});
const account = { kubernetes_service_account_v1: { orders: { automount_service_account_token: false } } };

/** How the controls stand in dev, to which this is delivered. */
function states(manifests: readonly object[], environments = ["dev"]) {
  const environment = environmentEntry("dev");
  const verdict = together([
    judgeDelivery(rules, { environment: "dev", name: "orders", manifests }, environment),
    judgeResources(rules, { name: "dev-orders", environment, json: { resource: account } }),
  ]);
  return controlStates([benchmark], { rules, verdict, environments });
}

const counts = (manifests: readonly object[]) =>
  Object.fromEntries(states(manifests).map(({ control, workloads, others }) => [control, { workloads, others }]));

test("a control on pods is counted over all workloads, with what else its rules judged", () => {
  const { 1: privileged, 2: tokens } = counts([workload("Deployment", "api"), workload("Job", "once")]);
  expect(privileged).toEqual({ workloads: { kept: 2, of: 2 }, others: { kept: 0, of: 0 } });
  expect(tokens).toEqual({ workloads: { kept: 2, of: 2 }, others: { kept: 1, of: 1 } });
});

test("a workload that breaks a rule of the control does not keep it", () => {
  const [privileged] = states([workload("Deployment", "api", true), workload("Job", "once")]);
  expect(privileged).toMatchObject({ control: "1", workloads: { kept: 1, of: 2 } });
  expect(isHeld(privileged!)).toBe(false);
});

test("pods of a kind that no rule knows count as workloads that are not judged", () => {
  const [privileged] = states([workload("Rollout", "api"), workload("Job", "once")]);
  expect(privileged).toMatchObject({ workloads: { kept: 1, of: 2 }, unjudged: ["dev/orders Rollout/api"] });
  expect(isHeld(privileged!)).toBe(false);
});

test("a control that nothing was judged for is not held", () => {
  const [privileged, , clusters] = states([{ kind: "ConfigMap", metadata: { name: "c" } }]);
  expect([privileged, clusters].map((each) => isHeld(each!))).toEqual([false, false]);
});

test("what others than guard-rails see to is not counted", () => {
  expect(states([]).map(({ control }) => control)).toEqual(["1", "2", "3"]);
});

test("the table says of each control and environment how many keep it, and that there was no subject", () => {
  const own = states([workload("Deployment", "api"), workload("Job", "once")], ["dev", "staging"]);
  expect(benchmarkTable(benchmark, own, ["dev", "staging"])).toBe(`### Example

4 controls: 3 by guard-rails, 1 by a named owner; 0 of the 3 that guard-rails see to hold in every environment. Source: nobody.

| control | what | enforced by | dev | staging |
| --- | --- | --- | --- | --- |
| 1 | Privileged | [K8S-CTR-001](guardrails/K8S-CTR-001.md) | 2 of 2 workloads | no subject |
| 2 | Tokens | [K8S-POD-008](guardrails/K8S-POD-008.md), [K8S-NS-004](guardrails/K8S-NS-004.md) | 2 of 2 workloads, 1 of 1 others | no subject |
| 3 | Clusters | [AWS-EKS-001](guardrails/AWS-EKS-001.md) | no subject | no subject |
| 4 | People | platform: they look | – | – |`);
});

test("a control holds when it does in every environment", () => {
  const here = states([workload("Deployment", "api")]);
  expect(heldInWords(benchmark, here)).toBe("2 of the 3 that guard-rails see to hold in every environment");
  expect(heldInWords(benchmark, [])).toBe("0 of the 3 that guard-rails see to hold in every environment");
});
