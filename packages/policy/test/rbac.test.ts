import { brokenByResource } from "./broken-by";

const role = (rule: object) => ({ rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"], ...rule }] });

test.each(["pods/exec", "pods/attach", "pods/portforward", "nodes/proxy", "services/proxy", "serviceaccounts/token"])(
  "fails K8S-NS-006 with a look at %s",
  (resource) => {
    expect(brokenByResource("kubernetes_role_v1", role({ resources: [resource] }))).toContain("K8S-NS-006");
  },
);

test.each(["create", "delete", "patch", "escalate", "bind", "impersonate", "*"])("fails K8S-NS-006 with %s", (verb) => {
  expect(brokenByResource("kubernetes_cluster_role", role({ verbs: [verb] }))).toContain("K8S-NS-006");
});

test("fails K8S-NS-005 with a role that gathers others", () => {
  expect(brokenByResource("kubernetes_cluster_role_v1", { aggregation_rule: {} })).toContain("K8S-NS-005");
});

test.each([
  { kind: "Group", name: "system:masters" },
  { kind: "Group", name: "system:authenticated" },
  { kind: "Group", name: "system:unauthenticated" },
  { kind: "Group", name: "system:serviceaccounts" },
  { kind: "User", name: "system:anonymous" },
  { kind: "ServiceAccount", name: "default", namespace: "orders" },
  { kind: "ServiceAccount", name: "replicaset-controller", namespace: "kube-system" },
  { kind: "ServiceAccount", name: "orders" },
])("fails K8S-NS-007 with $kind $name", (subject) => {
  const attributes = { role_ref: { kind: "Role", name: "team-read" }, subject: [subject] };
  expect(brokenByResource("kubernetes_role_binding", attributes)).toContain("K8S-NS-007");
});

test("fails K8S-NS-007 with a role of Kubernetes' own", () => {
  const attributes = { role_ref: { kind: "ClusterRole", name: "system:node" }, subject: [] };
  expect(brokenByResource("kubernetes_cluster_role_binding", attributes)).toContain("K8S-NS-007");
});

test.each([
  { kind: "ClusterRole", name: "view" },
  { kind: "ClusterRole", name: "deliver-platform" },
  { kind: '${"ClusterRole"}', name: "cluster-admin" },
  { name: "cluster-admin" },
])("fails K8S-NS-007 with $kind $name for a team", (role_ref) => {
  const attributes = { role_ref, subject: [{ kind: "Group", name: "team:commerce" }] };
  expect(brokenByResource("kubernetes_role_binding_v1", attributes)).toContain("K8S-NS-007");
});

test.each([
  ["kubernetes_config_map_v1", { metadata: { namespace: "kube-system" } }],
  ["kubernetes_config_map_v1", { metadata: { name: "orders" } }],
  ["kubernetes_role_v1", { metadata: { namespace: '${"kube-system"}' } }],
])("fails K8S-NS-011 with %s of %j", (type, attributes) => {
  expect(brokenByResource(type, attributes)).toContain("K8S-NS-011");
});
