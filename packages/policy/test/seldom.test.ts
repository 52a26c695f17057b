import { idleRules, mayBeIdle, SELDOM } from "../src/judge/seldom";
import { judgeDelivery, judgeResources, type Verdict } from "../src/judge/judge";
import { rules } from "../src/rules";
import { environmentEntry } from "@paved/testing/src/environment-entry";

const rule = (id: string) => rules.find((each) => each.id === id)!;
const judged = judgeResources(rules, {
  name: "dev-orders",
  environment: environmentEntry("dev"),
  json: { resource: { aws_ecr_repository: { images: {} }, aws_eks_addon: { dns: { addon_name: "coredns" } } } },
});

test("all that a fleet may be without is what a rule judges, or a rule, and says why in a sentence", () => {
  const known = new Set(rules.flatMap(({ id, judges }) => [id, ...judges]));
  expect(SELDOM.flatMap(({ of }) => of).filter((each) => !known.has(each))).toEqual([]);
  expect(SELDOM.filter(({ reason }) => !/^[A-Z].+\.$/.test(reason))).toEqual([]);
});

test("a rule may judge nothing when it is on nothing else than what a fleet may be without", () => {
  expect(mayBeIdle(rule("AWS-RDS-003"))).toBe("Only a service that asks for a database has one.");
  expect(mayBeIdle(rule("K8S-WKL-001"))).toBe("A fleet may have no protected environment.");
  expect(mayBeIdle(rule("K8S-WKL-005"))).toBeUndefined();
});

test("a rule that judged nothing is idle, and one that judged something is not", () => {
  const idle = idleRules(rules, judged).map((each) => each.rule);
  expect(idle).toContain("AWS-EKS-001");
  expect(idle).not.toContain("AWS-ECR-001");
});

const delivered = (unit: string, kind: string) =>
  judgeDelivery(
    rules,
    { environment: "dev", name: unit, manifests: [{ kind, metadata: { name: "orders" } }] },
    environmentEntry("dev"),
  );
const unexcused = (verdict: Verdict) =>
  idleRules(rules, verdict)
    .filter(({ reason }) => reason === undefined)
    .map((each) => each.rule);

test("a fleet that either deliverer is told of may lack the other, and one that neither is told of may not", () => {
  const told = ["K8S-DLV-013", rules.find(({ judges }) => judges.includes("AppProject"))!.id];
  expect(unexcused(judged)).toEqual(expect.arrayContaining(told));
  expect(unexcused(delivered("_flux", "Kustomization")).filter((id) => told.includes(id))).toEqual([]);
  expect(unexcused(delivered("_argocd", "AppProject")).filter((id) => told.includes(id))).toEqual([]);
});

test("what a rule is not about does not count as judged", () => {
  const { rules: judging } = judged.subjects.find(({ subject }) => subject === "aws_eks_addon.dns")!;
  expect(rule("AWS-EKS-011").judges).toContain("aws_eks_addon");
  expect(judging).toContain("AWS-EKS-007");
  expect(judging).not.toContain("AWS-EKS-011");
});
