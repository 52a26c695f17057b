import { judgeResources } from "../src/judge/judge";
import { rules } from "../src/rules";
import { brokenByStack, environment } from "./broken-by";

const byFlux = { ...environment, delivery: { ...environment.delivery, by: "flux" as const } };
const home = "${jsondecode(data.aws_ssm_parameter.contract-platform-v1.insecure_value).argoCdNamespace}";
const own = "${kubernetes_namespace_v1.own.metadata[0].name}";
const subject = { kind: "ServiceAccount", name: "deliver-orders", namespace: home };
const role = { api_group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "paved:service-delivery" };
const binding = { metadata: { name: "delivery", namespace: own }, role_ref: role, subject: [subject] };

const account = (name: string, namespace = home): object => ({
  kubernetes_service_account_v1: { account: { metadata: { name, namespace } } },
});
const bound = (changed: object, type = "kubernetes_role_binding_v1"): object => ({
  [type]: { binding: { ...binding, ...changed } },
});
const namespace = { own: { metadata: { name: "orders" } } };

/** Which of the two rules on the account break in the stack of the service orders, where Flux delivers. */
function broken(resources: object, name = "production-orders"): readonly string[] {
  const json = { resource: { kubernetes_namespace_v1: namespace, ...resources } };
  const ids = judgeResources(rules, { name, environment: byFlux, json }).broken.map(({ rule }) => rule);
  return ids.filter((id) => ["K8S-NS-007", "K8S-NS-011"].includes(id));
}

test("the account of a service, and what lets it into the service's namespace, break neither rule", () => {
  expect(broken({ ...account("deliver-orders"), ...bound({}) })).toEqual([]);
});

test.each([
  ["a team", { subject: [{ kind: "Group", name: "team:commerce" }] }],
  ["another service's account", { subject: [{ ...subject, name: "deliver-payments" }] }],
  ["the platform's account", { subject: [{ ...subject, name: "deliver-platform" }] }],
  ["a team beside the account", { subject: [subject, { kind: "Group", name: "team:commerce" }] }],
  ["the account twice", { subject: [subject, subject] }],
  ["nobody", { subject: [] }],
  ["an account of that name of its own namespace", { subject: [{ ...subject, namespace: own }] }],
  ["an account where another contract says", { subject: [{ ...subject, namespace: home.replace("argoCd", "other") }] }],
  ["another namespace", { metadata: { name: "delivery", namespace: "payments" } }],
  ["no namespace", { metadata: { name: "delivery" } }],
  ["the platform's role", { role_ref: { ...role, name: "deliver-platform" } }],
  ["the role of kinds", { role_ref: { ...role, name: "paved.gateway-kinds" } }],
  ["a role that is not said", { role_ref: { ...role, name: '${"deliver-platform"}' } }],
  ["the role of an add-on", { role_ref: { ...role, name: "external-secrets-controller" } }],
])("fails K8S-NS-007 where the role of deliveries is bound with %s", (_, changed) => {
  expect(broken(bound(changed))).toContain("K8S-NS-007");
});

test("fails K8S-NS-007 with it for the whole cluster", () => {
  expect(broken(bound({}, "kubernetes_cluster_role_binding_v1"))).toContain("K8S-NS-007");
});

test("fails K8S-NS-007 in a stack that makes no namespace of its name", () => {
  const of = { subject: [{ ...subject, name: "deliver-platform" }] };
  expect(broken(bound(of), "production-platform")).toContain("K8S-NS-007");
});

test.each([
  ["another service's", account("deliver-payments")],
  ["the platform's", account("deliver-platform")],
  ["the one that applies everything", account("kustomize-controller")],
  ["none that is known by its name", account("orders")],
  ["a binding", bound({ metadata: { name: "deliver-orders", namespace: home } })],
])("fails K8S-NS-011 where an account in the namespace of what delivers is %s", (_, resources) => {
  expect(broken(resources)).toContain("K8S-NS-011");
});

test("where Argo CD delivers, there is neither", () => {
  const made = { kubernetes_namespace_v1: namespace, ...account("deliver-orders"), ...bound({}) };
  expect(brokenByStack(made)).toEqual(expect.arrayContaining(["K8S-NS-007", "K8S-NS-011"]));
});
