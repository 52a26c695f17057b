import { brokenByUnit } from "./broken-by";

const FINALIZER = "resources-finalizer.argocd.argoproj.io";
const finalizers = [FINALIZER];
const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "orders-users", namespace: "database-access" } };
const application = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "orders", namespace: "argocd", finalizers },
  spec: {
    project: "team-commerce",
    source: {
      repoURL: "https://git.example.com/platform",
      targetRevision: "delivery",
      path: "gitops/production/orders",
    },
    destination: { server: "https://kubernetes.default.svc", namespace: "orders" },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  },
};
const window = {
  kind: "allow",
  schedule: "0 9 * * 1-5",
  duration: "8h",
  timeZone: "Europe/Dublin",
  applications: ["*"],
  manualSync: true,
};
const project = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AppProject",
  metadata: { name: "team-commerce", namespace: "argocd", finalizers },
  spec: {
    sourceRepos: ["https://git.example.com/platform"],
    destinations: [{ namespace: "orders", server: "https://kubernetes.default.svc" }],
    namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
    syncWindows: [window],
  },
};
const withSpec = (of: { spec: object }, spec: object): object => ({ ...of, spec: { ...of.spec, ...spec } });

test("the platform delivers kinds that are its own, to namespaces that are its own", () => {
  const broken = brokenByUnit("platform", job);
  expect(broken).not.toContain("K8S-DLV-002");
  expect(broken).not.toContain("K8S-DLV-003");
});

test.each([
  ["a job of a service", "orders", job],
  ["a list of objects", "platform", { apiVersion: "v1", kind: "List", items: [] }],
  ["a role", "platform", { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata: { name: "x" } }],
  ["a kind of another group", "orders", { apiVersion: "serving.knative.dev/v1", kind: "Service", metadata: {} }],
  ["a deployment of the applications", "_argocd", { apiVersion: "apps/v1", kind: "Deployment", metadata: {} }],
  [
    "a grant to routes of other namespaces",
    "platform",
    { apiVersion: "gateway.networking.k8s.io/v1", kind: "ReferenceGrant", metadata: { name: "all" } },
  ],
])("fails K8S-DLV-002 with %s", (_, unit, manifest) => {
  expect(brokenByUnit(unit, manifest)).toContain("K8S-DLV-002");
});

test.each([
  ["the platform in kube-system", "platform", { ...job, metadata: { name: "users", namespace: "kube-system" } }],
  ["an application elsewhere", "_argocd", { ...application, metadata: { name: "orders", namespace: "orders" } }],
  ["a namespace of nobody", "platform", { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } }],
  [
    "a name that the namespace has already",
    "orders",
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "default-deny", namespace: "orders" },
    },
  ],
])("fails K8S-DLV-003 with %s", (_, unit, manifest) => {
  expect(brokenByUnit(unit, manifest)).toContain("K8S-DLV-003");
});

test.each([
  [
    "a namespace of no application of its own",
    { destinations: [{ namespace: "payments", server: "https://kubernetes.default.svc" }] },
  ],
  ["another cluster", { destinations: [{ namespace: "orders", server: "https://cluster.example.net" }] }],
  ["every kind, since none is said", { namespaceResourceWhitelist: [] }],
  ["kinds of the cluster", { clusterResourceWhitelist: [{ group: "", kind: "Namespace" }] }],
  ["tokens", { roles: [{ name: "team", jwtTokens: [{ iat: 1 }] }] }],
  ["people of another team", { roles: [{ name: "team", groups: ["team:growth"] }] }],
])("fails K8S-DLV-007 with %s", (_, spec) => {
  expect(brokenByUnit("_argocd", withSpec(project, spec), application)).toContain("K8S-DLV-007");
});

test("keeps K8S-DLV-007 with the window of the environment", () => {
  expect(brokenByUnit("_argocd", project, application)).not.toContain("K8S-DLV-007");
});

test.each([
  ["none", undefined],
  ["an empty list of them", []],
  ["another schedule", [{ ...window, schedule: "0 0 * * *" }]],
  ["one that denies", [{ ...window, kind: "deny" }]],
  ["one that denies beside it", [window, { ...window, kind: "deny" }]],
  ["one that nobody may overrule", [{ ...window, manualSync: false }]],
  ["one for other applications", [{ ...window, applications: ["orders"] }]],
])("fails K8S-DLV-007 with a sync window that is %s", (_, syncWindows) => {
  const { syncWindows: _own, ...spec } = project.spec;
  const changed = { ...project, spec: syncWindows === undefined ? spec : { ...spec, syncWindows } };
  expect(brokenByUnit("_argocd", changed, application)).toContain("K8S-DLV-007");
});

test("fails K8S-DLV-007 with the project of all that have none", () => {
  const metadata = { name: "default", namespace: "argocd", finalizers };
  expect(brokenByUnit("_argocd", { ...project, metadata }, application)).toContain("K8S-DLV-007");
});

test.each([
  ["another branch", { source: { ...application.spec.source, targetRevision: "main" } }],
  ["another folder", { source: { ...application.spec.source, path: "gitops/production/payments" } }],
  ["a plugin", { source: { ...application.spec.source, plugin: { name: "render" } } }],
  ["more sources", { sources: [application.spec.source] }],
  ["another namespace", { destination: { ...application.spec.destination, namespace: "payments" } }],
  ["the platform's project", { project: "platform" }],
  ["a sync that skips", { syncPolicy: { ...application.spec.syncPolicy, syncOptions: ["Validate=false"] } }],
])("fails K8S-DLV-008 with %s", (_, spec) => {
  expect(brokenByUnit("_argocd", withSpec(application, spec))).toContain("K8S-DLV-008");
});

test("fails K8S-DLV-008 with an application that replaces the one of all others", () => {
  const name = "paved.applications";
  const source = { ...application.spec.source, path: `gitops/production/${name}` };
  const destination = { ...application.spec.destination, namespace: name };
  const manifest = {
    ...application,
    metadata: { name, namespace: "argocd", finalizers },
    spec: { ...application.spec, source, destination },
  };
  expect(brokenByUnit("_argocd", manifest)).toContain("K8S-DLV-008");
});

const held = (of: { metadata: object }, finalizers: readonly string[]): object => ({
  ...of,
  metadata: { ...of.metadata, finalizers },
});

test.each([
  ["an application that waits for somebody else", "_argocd", held(application, [FINALIZER, "example.com/held"])],
  ["a project that waits for somebody else", "_argocd", held(project, ["example.com/held"])],
  ["a job that waits", "platform", held(job, [FINALIZER])],
])("fails K8S-DLV-011 with %s before it goes", (_, unit, manifest) => {
  expect(brokenByUnit(unit, manifest)).toContain("K8S-DLV-011");
});

test("an application may wait for what it delivered, and a project for its applications", () => {
  const manifests = [held(application, [FINALIZER]), held(project, [FINALIZER])];
  expect(brokenByUnit("_argocd", ...manifests)).not.toContain("K8S-DLV-011");
});

const platform = (of: { metadata: object; spec: object }, own: readonly string[]): object => ({
  ...of,
  metadata: { ...of.metadata, name: "platform", finalizers: own },
  spec: {
    ...of.spec,
    project: "platform",
    source: { ...application.spec.source, path: "gitops/production/platform" },
    destination: { ...application.spec.destination, namespace: "argocd" },
  },
});

test.each([
  ["K8S-DLV-008", "a service's application that leaves what it delivered", held(application, [])],
  [
    "K8S-DLV-008",
    "the platform's, with which all would go, in a protected environment",
    platform(application, finalizers),
  ],
  ["K8S-DLV-007", "a project that goes before its applications", held(project, [])],
])("fails %s with %s", (rule, _, manifest) => {
  expect(brokenByUnit("_argocd", manifest, application)).toContain(rule);
});

test("keeps K8S-DLV-008 with the platform's application that takes nothing along where it is protected", () => {
  expect(brokenByUnit("_argocd", application, platform(application, []))).not.toContain("K8S-DLV-008");
});
