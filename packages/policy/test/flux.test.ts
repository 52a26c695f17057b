import { environmentEntry } from "@paved/testing/src/environment-entry";
import { KNOWN_CHARTS } from "../src/charts";
import { brokenByResource, brokenByUnit } from "./broken-by";

const kustomization = {
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name: "orders", namespace: "flux-system" },
  spec: {
    interval: "10m",
    retryInterval: "1m",
    timeout: "5m",
    prune: true,
    wait: true,
    sourceRef: { kind: "GitRepository", name: "flux-system" },
    path: "./gitops/production/orders",
    serviceAccountName: "deliver-orders",
    targetNamespace: "orders",
  },
};
const withSpec = (spec: object): object => ({ ...kustomization, spec: { ...kustomization.spec, ...spec } });

test("a Kustomization as the platform makes it breaks no rule", () => {
  expect(brokenByUnit("_flux", kustomization)).toEqual([]);
});

test.each([
  ["another service's account", { serviceAccountName: "deliver-payments" }],
  ["the platform's account", { serviceAccountName: "deliver-platform" }],
  ["another folder", { path: "./gitops/production/payments" }],
  ["another namespace", { targetNamespace: "kube-system" }],
  ["another repository", { sourceRef: { kind: "GitRepository", name: "gateway" } }],
  ["a repository of another namespace", { sourceRef: { ...kustomization.spec.sourceRef, namespace: "default" } }],
  ["another cluster", { kubeConfig: { secretRef: { name: "other" } } }],
  ["values put in", { postBuild: { substitute: { image: "x" } } }],
  ["patches", { patches: [{ patch: "- op: remove" }] }],
  ["a sync that deletes to change", { force: true }],
  ["what is gone from Git left running", { prune: false }],
  ["nothing waited for", { wait: false }],
  ["what is suspended", { suspend: true }],
])("fails K8S-DLV-013 with %s", (_, spec) => {
  expect(brokenByUnit("_flux", withSpec(spec))).toContain("K8S-DLV-013");
});

test.each([
  [
    "K8S-DLV-002",
    "a role",
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: kustomization.metadata },
  ],
  ["K8S-DLV-002", "an application", { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: {} }],
  ["K8S-DLV-003", "one elsewhere", { ...kustomization, metadata: { name: "orders", namespace: "orders" } }],
  [
    "K8S-DLV-011",
    "one that is not applied",
    {
      ...kustomization,
      metadata: { ...kustomization.metadata, labels: { "kustomize.toolkit.fluxcd.io/reconcile": "disabled" } },
    },
  ],
])("fails %s with %s", (rule, _, manifest) => {
  expect(brokenByUnit("_flux", manifest)).toContain(rule);
});

test("a service delivers no Kustomization", () => {
  expect(brokenByUnit("orders", kustomization)).toContain("K8S-DLV-002");
});

const API = "rbac.authorization.k8s.io";
const role = (name: string, apiGroups: string[], resources: string[], verbs: string[]): object => ({
  apiVersion: `${API}/v1`,
  kind: "ClusterRole",
  metadata: { name },
  rules: [{ apiGroups, resources, verbs }],
});

test.each([
  ["a right over secrets", role("paved:service-delivery", [""], ["secrets"], ["get"])],
  ["a right over everything", role("paved:service-delivery", ["*"], ["*"], ["*"])],
  ["a verb more", role("paved:service-delivery", ["apps"], ["deployments"], ["escalate"])],
  ["a right to give rights", role("deliver-platform", [API], ["rolebindings"], ["create"])],
  ["a role that nobody listed", role("anything", ["apps"], ["deployments"], ["get"])],
  [
    "everybody bound",
    {
      apiVersion: `${API}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: "deliver-platform" },
      roleRef: { apiGroup: API, kind: "ClusterRole", name: "deliver-platform" },
      subjects: [{ kind: "Group", name: "system:authenticated" }],
    },
  ],
])("fails HELM-007 with %s beside Flux", (_, object) => {
  const { values } = KNOWN_CHARTS.get("flux2")!;
  const found = values(environmentEntry("production"))({ extraObjects: [object] }, "");
  expect(found.map(({ got }) => got).filter((got) => got.startsWith("extraObjects"))).not.toEqual([]);
});

test.each([
  ["flux2", '{"rbac":{"create":true,"createAggregation":false}}'],
  ["flux2", '{"watchAllNamespaces":true}'],
  ["flux2", '{"multitenancy":{"enabled":false,"privileged":true}}'],
  ["flux2", '{"helmController":{"create":true}}'],
  ["flux2-sync", '{"gitRepository":{"spec":{"url":"https://git.example.net"}}}'],
  ["flux2-sync", '{"kustomization":{"spec":{"serviceAccountName":"deliver-platform"}}}'],
])("fails HELM-007 with %s told %s", (chart, values) => {
  expect(brokenByResource("helm_release", { chart, values: [values] })).toContain("HELM-007");
});

test.each([
  ["kubernetes_service_account_v1", false],
  ["kubernetes_config_map_v1", true],
  ["kubernetes_role_binding_v1", true],
])(
  "in the namespace of what delivers OpenTofu makes accounts alone: of %s that fails K8S-NS-011 is %s",
  (type, fails) => {
    const namespace = "${jsondecode(data.aws_ssm_parameter.contract-platform-v1.insecure_value).argoCdNamespace}";
    const broken = brokenByResource(type, { metadata: { name: "deliver-orders", namespace } });
    expect(broken.includes("K8S-NS-011")).toBe(fails);
  },
);
