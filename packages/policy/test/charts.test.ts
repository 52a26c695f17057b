import { KNOWN_CHARTS } from "../src/charts";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import { brokenByResource } from "./broken-by";

const told = (chart: string, ...values: readonly string[]) => brokenByResource("helm_release", { chart, values });

test.each([
  ["a chart that nobody listed", "podinfo", "{}"],
  ["a shell in pods", "argo-cd", '{"configs":{"cm":{"exec.enabled":true}}}'],
  ["a policy of its own", "argo-cd", '{"configs":{"rbac":{"policy.csv":"g, everyone, role:admin"}}}'],
  ["a server without TLS", "argo-cd", '{"configs":{"params":{"server.insecure":true}}}'],
  ["an object of the cluster", "argo-cd", '{"extraObjects":[{"kind":"ClusterRoleBinding"}]}'],
  ["a privileged container", "keda", '{"securityContext":{"operator":{"privileged":true}}}'],
  ["a port of the node", "external-secrets", '{"service":{"type":"NodePort"}}'],
  ["names of another zone", "external-dns", '{"domainFilters":["example.net"]}'],
  ["an administrator of Grafana", "kube-prometheus-stack", '{"grafana":{"adminPassword":"x"}}'],
  [
    "an address that is in the state",
    "kube-prometheus-stack",
    '{"alertmanager":{"config":{"receivers":[{"name":"x","webhook_configs":[{"url":"https://example.net"}]}]}}}',
  ],
  ["what must be said left out", "argo-cd", '{"crds":{"install":true}}'],
])("fails HELM-007 with %s", (_, chart, values) => {
  expect(told(chart, values)).toContain("HELM-007");
});

test.each([
  ["two texts", ["{}", '{"hostNetwork":true}']],
  ["no JSON", ["hostNetwork: true"]],
  ["an expression for the whole", ["${jsonencode({ hostNetwork = true })}"]],
  ["a text in an expression, which ends the one it stands in", ['{"replicas":"${join("", ["x"])}"}']],
])("fails HELM-007 with values of %s", (_, values) => {
  expect(told("metrics-server", ...values)).toContain("HELM-007");
});

test("what only exists after apply may stand in a chart's values", () => {
  const values = '{"clusterName":"${jsondecode(data.aws_ssm_parameter.cluster.insecure_value).name}"}';
  expect(told("keda", values)).not.toContain("HELM-007");
});

test("fails HELM-001 with a chart of a known name from elsewhere", () => {
  const attributes = { chart: "keda", repository: "https://charts.example.net", version: "2.20.2" };
  expect(brokenByResource("helm_release", attributes)).toContain("HELM-001");
});

test.each(["set", "set_sensitive", "postrender", "disable_webhooks", "disable_openapi_validation", "skip_crds"])(
  "fails HELM-006 with %s",
  (name) => {
    const namespace = "${kubernetes_namespace_v1.keda.metadata[0].name}";
    expect(brokenByResource("helm_release", { namespace, [name]: true })).toContain("HELM-006");
  },
);

test("fails HELM-001 with a chart of this repository's name from elsewhere, or from elsewhere in it", () => {
  const version = "1.0.0";
  for (const attributes of [
    { chart: "./charts/objects", repository: "https://charts.example.net", version },
    { chart: "objects", version },
    { chart: "../charts/objects", version },
  ]) {
    expect(brokenByResource("helm_release", attributes)).toContain("HELM-001");
  }
  expect(brokenByResource("helm_release", { chart: "./charts/objects", version })).not.toContain("HELM-001");
});

test("every chart comes over TLS, or is in this repository", () => {
  for (const [chart, { repository }] of KNOWN_CHARTS)
    expect(repository ?? chart).toMatch(/^((https|oci):|\.\/charts)\//);
});

const FINALIZER = "resources-finalizer.argocd.argoproj.io";
const firstApplication = (environment: string, finalizers?: readonly string[]): object => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "paved.applications", namespace: "argocd", ...(finalizers && { finalizers }) },
  spec: {
    project: "platform",
    source: {
      repoURL: "https://git.example.com/platform",
      targetRevision: "delivery",
      path: `gitops/${environment}/_argocd`,
    },
    destination: { server: "https://kubernetes.default.svc", namespace: "argocd" },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  },
});

test.each([
  ["dev", [FINALIZER], []],
  ["production", undefined, []],
  ["dev", undefined, ["metadata"]],
  ["production", [FINALIZER], ["metadata"]],
  ["dev", [FINALIZER, "example.com/held"], ["metadata"]],
])(
  "HELM-007: the first application of %s with finalizers %j, since all goes with it where nothing is protected",
  (environment, finalizers, wrong) => {
    const { values } = KNOWN_CHARTS.get("./charts/objects")!;
    const found = values(environmentEntry(environment))({ objects: [firstApplication(environment, finalizers)] }, "");
    expect(found.map(({ got }) => got)).toEqual(wrong.map((what) => expect.stringContaining(what)));
  },
);
