import { environmentEntry } from "@paved/testing/src/environment-entry";
import { KNOWN_CHARTS } from "../src/charts";
import { brokenByUnit } from "./broken-by";

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
  ["the platform's rights to jobs over the whole cluster", role("deliver-platform", ["batch"], ["jobs"], ["create"])],
  ["a right to make namespaces from Git", role("deliver-platform", [""], ["namespaces"], ["create"])],
  ["a right of the platform over secrets", role("paved:platform-delivery", [""], ["secrets"], ["get"])],
  [
    "the platform let into a namespace of somebody else",
    {
      apiVersion: `${API}/v1`,
      kind: "RoleBinding",
      metadata: { name: "deliver-platform", namespace: "kube-system" },
      roleRef: { apiGroup: API, kind: "ClusterRole", name: "paved:platform-delivery" },
      subjects: [{ kind: "ServiceAccount", name: "deliver-platform", namespace: "flux-system" }],
    },
  ],
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

const amounts = { cpu: "100m", memory: "512Mi" };
const resources = { requests: amounts, limits: { memory: "512Mi" } };
const off = () => ({ create: false });
const FLUX = {
  installCRDs: true,
  crds: { annotations: { "helm.sh/resource-policy": "keep" } },
  multitenancy: { enabled: true, privileged: false, defaultServiceAccount: "default" },
  watchAllNamespaces: false,
  policies: { create: true },
  rbac: { create: false, createAggregation: false },
  extraObjects: [],
  prometheus: { podMonitor: { create: true } },
  sourceController: { resources },
  kustomizeController: { resources, container: { additionalArgs: ["--no-remote-bases=true"] } },
  helmController: off(),
  imageAutomationController: off(),
  imageReflectionController: off(),
  notificationController: off(),
  sourceWatcher: off(),
};
const reconciled = { interval: "10m", retryInterval: "1m", timeout: "5m", prune: true };
const first = (apiVersion: string, kind: string, spec: object): object => ({
  apiVersion,
  kind,
  metadata: { name: "flux-system", namespace: "flux-system" },
  spec,
});
const FIRST = {
  objects: [
    first("source.toolkit.fluxcd.io/v1", "GitRepository", {
      url: "https://git.example.com/platform",
      ref: { branch: "delivery" },
      interval: "1m",
      secretRef: { name: "delivery-repository" },
    }),
    first("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {
      ...reconciled,
      path: "./gitops/production/_flux",
      serviceAccountName: "paved.kustomizations",
      sourceRef: { kind: "GitRepository", name: "flux-system" },
    }),
  ],
};
const CHARTS: Readonly<Record<string, object>> = { flux2: FLUX, "./charts/objects": FIRST };

/** What is found in the values of a chart, one setting of which is another; `undefined` leaves it out. */
function foundIn(chart: string, at: readonly string[] = [], value?: unknown): readonly string[] {
  const told = structuredClone(CHARTS[chart]) as Record<string, unknown>;
  const steps = [...at];
  const last = steps.pop();
  const parent = steps.reduce((here, step) => here[step] as Record<string, unknown>, told);
  if (last !== undefined && value === undefined) delete parent[last];
  else if (last !== undefined) parent[last] = value;
  const { values } = KNOWN_CHARTS.get(chart)!;
  return values(environmentEntry("production"))(told, "").map(({ got }) => got);
}

test.each(Object.keys(CHARTS))("what %s is told in full breaks nothing", (chart) => {
  expect(foundIn(chart)).toEqual([]);
});

test.each([
  ["flux2", ["rbac", "create"], true],
  ["flux2", ["rbac", "createAggregation"], undefined],
  ["flux2", ["watchAllNamespaces"], true],
  ["flux2", ["watchAllNamespaces"], undefined],
  ["flux2", ["multitenancy", "enabled"], false],
  ["flux2", ["multitenancy", "privileged"], true],
  ["flux2", ["multitenancy", "defaultServiceAccount"], "deliver-platform"],
  ["flux2", ["multitenancy", "defaultServiceAccount"], undefined],
  ["flux2", ["policies", "create"], undefined],
  ["flux2", ["helmController", "create"], true],
  ["flux2", ["helmController"], undefined],
  ["flux2", ["crds", "annotations"], undefined],
  ["flux2", ["crds", "annotations", "helm.sh/resource-policy"], undefined],
  ["flux2", ["kustomizeController", "container"], undefined],
  ["flux2", ["kustomizeController", "container", "additionalArgs"], undefined],
  ["flux2", ["kustomizeController", "container", "additionalArgs"], []],
  ["flux2", ["kustomizeController", "container", "additionalArgs"], ["--no-remote-bases=false"]],
  [
    "flux2",
    ["kustomizeController", "container", "additionalArgs"],
    ["--no-remote-bases=true", "--no-cross-namespace-refs=false"],
  ],
  ["./charts/objects", ["objects", "0", "spec", "url"], "https://git.example.net"],
  ["./charts/objects", ["objects", "0", "spec", "secretRef"], undefined],
  ["./charts/objects", ["objects", "1", "spec", "serviceAccountName"], "deliver-platform"],
  ["./charts/objects", ["objects", "1", "spec", "prune"], false],
  ["./charts/objects", ["objects", "1", "spec", "sourceRef", "name"], "gateway"],
  ["./charts/objects", ["objects", "1", "spec", "postBuild"], { substitute: {} }],
  ["./charts/objects", ["objects", "0", "kind"], "Bucket"],
  ["./charts/objects", ["objects", "0", "metadata", "name"], "mine"],
  ["./charts/objects", ["objects", "0", "metadata", "annotations"], { "helm.sh/hook": "pre-install" }],
  ["./charts/objects", ["objects", "0", "data"], {}],
])("fails HELM-007 with %s where %j is %j", (chart, at, value) => {
  const path = at.filter((step) => !/^\d+$/.test(step)).join(".");
  expect(foundIn(chart, at, value)).toEqual([expect.stringContaining(path)]);
});
