import type { Environment, ServiceMetadata } from "@paved/model";
import { Namespace, PlatformNamespace, teamGroup, WorkloadIdentity } from "../src";
import { dev, orders, production, synthIn } from "./support/stacks";

const namespace = (service: ServiceMetadata, environment: Environment = dev) =>
  synthIn(environment, (stack) => void new Namespace(stack, "namespace", { service }));
const minimal = namespace({ ...orders, tier: 3 });

interface Rule {
  readonly resources: string[];
  readonly verbs: string[];
}
const rules = minimal.only("kubernetes_role_v1")["rule"] as Rule[];

test("snapshot: dev", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production", () => {
  expect(namespace(orders, production).summary()).toMatchSnapshot();
});

test("its service account, and so every pod, comes after what the account is to AWS", () => {
  const bound = synthIn(dev, (stack) => {
    const identity = new WorkloadIdentity(stack, "identity", {
      name: "orders",
      namespace: "orders",
      serviceAccount: "orders",
    });
    new Namespace(stack, "namespace", { service: orders, accountAfter: [identity.association] });
  });
  expect(bound.only("kubernetes_service_account_v1")["depends_on"]).toEqual([
    "aws_eks_pod_identity_association.identity_association",
  ]);
});

test("takes restricted pods only, by the standard of the cluster's version", () => {
  const { labels } = minimal.only("kubernetes_namespace_v1")["metadata"] as { labels: Record<string, string> };
  for (const mode of ["enforce", "audit", "warn"]) {
    expect(labels[`pod-security.kubernetes.io/${mode}`]).toBe("restricted");
    expect(labels[`pod-security.kubernetes.io/${mode}-version`]).toBe(`v${dev.cluster.version}`);
  }
});

test("says whose it is and what to do when it fails", () => {
  expect(namespace(orders).only("kubernetes_namespace_v1")["metadata"]).toMatchObject({
    labels: { "paved.dev/owner": "commerce", "paved.dev/tier": "1" },
    annotations: { "paved.dev/on-call": "commerce-primary", "paved.dev/runbook": orders.runbook },
  });
});

test("takes no more of the cluster than the environment says, and no load balancer", () => {
  expect(minimal.only("kubernetes_resource_quota_v1")["spec"]).toEqual({
    hard: {
      "requests.cpu": "8",
      "requests.memory": "16Gi",
      "limits.memory": "16Gi",
      pods: "20",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    },
  });
});

test("containers that say nothing get the small size", () => {
  expect(minimal.only("kubernetes_limit_range_v1")["spec"]).toEqual({
    limit: [
      {
        type: "Container",
        default: { cpu: "500m", memory: "256Mi" },
        default_request: { cpu: "100m", memory: "256Mi" },
      },
    ],
  });
});

test("its pods are ready only once the load balancer that leads to them says so", () => {
  expect(minimal.only("kubernetes_namespace_v1")["metadata"]).toMatchObject({
    labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
  });
});

test("is closed both ways", () => {
  expect(minimal.at("kubernetes_network_policy_v1.namespace_network_default-deny")["spec"]).toEqual({
    pod_selector: {},
    policy_types: ["Ingress", "Egress"],
  });
});

test("opens out to names and credentials, and to nothing else", () => {
  const policies = Object.values(minimal.resources("kubernetes_network_policy_v1"));
  const open = policies.flatMap((policy) => {
    const { egress = [], ingress = [] } = policy["spec"] as { egress?: { to: object[] }[]; ingress?: object[] };
    expect(ingress).toEqual([]);
    return egress.flatMap((rule) => rule.to);
  });
  expect(open).toEqual([
    {
      namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
      pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
    },
    { ip_block: { cidr: "169.254.170.23/32" } },
  ]);
});

test.each([dev, production])("the owning team sees pods, logs, events and metrics in $name", (environment) => {
  const stack = namespace(orders, environment);
  expect(stack.only("kubernetes_role_v1")["rule"]).toEqual(rules);
  expect(stack.only("kubernetes_role_binding_v1")["subject"]).toEqual([
    { api_group: "rbac.authorization.k8s.io", kind: "Group", name: teamGroup("commerce") },
  ]);
  const seen = rules.flatMap((rule) => rule.resources);
  expect(seen).toEqual(
    expect.arrayContaining(["pods", "pods/log", "events", "deployments", "horizontalpodautoscalers"]),
  );
  // What says why a pod does not start, or is not scaled.
  expect(seen).toEqual(expect.arrayContaining(["externalsecrets", "scaledobjects", "certificates"]));
  expect(rules).toContainEqual(expect.objectContaining({ api_groups: ["metrics.k8s.io"], resources: ["pods"] }));
});

test("the owning team sees no secrets, changes nothing and runs nothing in pods", () => {
  for (const { resources, verbs } of rules) {
    expect(verbs).toEqual(["get", "list", "watch"]);
    expect(resources.filter((resource) => /^secrets$|exec|attach|portforward|\*/.test(resource))).toEqual([]);
  }
});

test("its service account gives no pod a token", () => {
  expect(minimal.only("kubernetes_service_account_v1")).toMatchObject({
    metadata: { name: "orders" },
    automount_service_account_token: false,
  });
});

test.each([
  ["a service's namespace", minimal],
  ["a platform namespace", synthIn(dev, (at) => void new PlatformNamespace(at, "quiet", { name: "quiet" }))],
])("the default service account of %s gives no pod a token either", (_what, stack) => {
  const { metadata, ...rest } = stack.only("kubernetes_default_service_account_v1");
  expect(metadata).toMatchObject({ name: "default", namespace: expect.stringMatching(/kubernetes_namespace_v1/) });
  expect(rest).toMatchObject({ automount_service_account_token: false });
});

test("text in annotations stays text", () => {
  const stack = namespace({ ...orders, runbook: "https://example.com/${path.module}" });
  expect(stack.only("kubernetes_namespace_v1")["metadata"]).toMatchObject({
    annotations: { "paved.dev/runbook": "https://example.com/$${path.module}" },
  });
});

test("a platform namespace is restricted unless it says otherwise, and warns of what is not", () => {
  const stack = synthIn(dev, (at) => {
    new PlatformNamespace(at, "quiet", { name: "quiet" });
    new PlatformNamespace(at, "loud", { name: "loud", podSecurity: "privileged" });
  });
  expect(stack.summary()).toMatchSnapshot();
});

test("fails with PVD1006 when the service's name is too long for Kubernetes", () => {
  expect(() => namespace({ ...orders, name: "o".repeat(64) })).toThrow(/PVD1006 dev-orders\/namespace: .*at most 63/);
});

test("fails with PVD1007 when the service's name is no name in Kubernetes", () => {
  expect(() => namespace({ ...orders, name: "Orders" })).toThrow(/PVD1007 dev-orders\/namespace: got Kubernetes name/);
});

test("fails with PVD1007 when the team's name is none", () => {
  expect(() => namespace({ ...orders, owner: "team one" })).toThrow(/PVD1007 dev-orders\/namespace\/team/);
});

test("fails with PVD1007 when a platform namespace's name is none", () => {
  expect(() => synthIn(dev, (stack) => void new PlatformNamespace(stack, "one", { name: "-" }))).toThrow(/PVD1007/);
});

describe("where Flux delivers", () => {
  const flux = namespace(orders, { ...dev, delivery: { ...dev.delivery, by: "flux" } });

  test("an account in its namespace writes to this one and to no other", () => {
    const accounts = Object.values(flux.resources("kubernetes_service_account_v1"));
    expect(accounts.map(({ metadata }) => (metadata as { name: string }).name).toSorted()).toEqual([
      "deliver-orders",
      "orders",
    ]);
    const bindings = Object.values(flux.resources("kubernetes_role_binding_v1"));
    expect(bindings).toContainEqual(
      expect.objectContaining({
        role_ref: { api_group: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "paved:service-delivery" },
        subject: [expect.objectContaining({ kind: "ServiceAccount", name: "deliver-orders" })],
      }),
    );
    expect(Object.keys(flux.resources("kubernetes_cluster_role_binding_v1"))).toEqual([]);
  });

  test("and where Argo CD does, there is no such account", () => {
    expect(JSON.stringify(minimal.resources("kubernetes_service_account_v1"))).not.toContain("deliver-");
  });
});
