import type { StackSpec } from "../test/fleet-on-disk";

/** Resources of a stack, by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Where the namespace has the quota that tests change. */
export const QUOTA = "/api/v1/namespaces/orders/resourcequotas/team";

/** Where the config map is. */
export const FACTS = "/api/v1/namespaces/orders/configmaps/facts";

const reference = "${kubernetes_namespace_v1.orders.metadata[0].name}";

/** A namespace with its guard-rails, as the platform makes it for a service. */
export const GUARD_RAILS: Resources = {
  kubernetes_namespace_v1: {
    orders: {
      metadata: { name: "orders", labels: { "pod-security.kubernetes.io/enforce": "restricted", team: "commerce" } },
    },
  },
  kubernetes_resource_quota_v1: {
    quota: {
      metadata: { name: "team", namespace: reference },
      spec: { hard: { "requests.cpu": "2000m", pods: "5" } },
    },
  },
  kubernetes_limit_range_v1: {
    limits: {
      metadata: { name: "defaults", namespace: reference },
      spec: { limit: [{ type: "Container", default: { cpu: "500m" }, default_request: { cpu: "0.1" } }] },
    },
  },
  kubernetes_network_policy_v1: {
    dns: {
      metadata: { name: "allow-dns", namespace: reference },
      spec: {
        pod_selector: {},
        policy_types: ["Egress"],
        egress: [
          {
            ports: [{ port: "53", protocol: "UDP" }, { port: "dns-tcp" }],
            to: [{ namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } } }],
          },
        ],
      },
    },
  },
  kubernetes_role_v1: {
    read: {
      metadata: { name: "team-read", namespace: reference },
      rule: [{ api_groups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] }],
    },
  },
  kubernetes_role_binding_v1: {
    read: {
      metadata: { name: "team-read", namespace: reference },
      role_ref: { api_group: "rbac.authorization.k8s.io", kind: "Role", name: "team-read" },
      subject: [{ api_group: "rbac.authorization.k8s.io", kind: "Group", name: "team:commerce" }],
    },
  },
  kubernetes_default_service_account_v1: {
    default: { metadata: { namespace: reference }, automount_service_account_token: false },
  },
  kubernetes_config_map_v1: {
    facts: { metadata: { name: "facts", namespace: reference }, data: { host: "db.example.com", empty: "" } },
  },
  kubernetes_storage_class_v1: {
    gp3: {
      metadata: { name: "gp3" },
      storage_provisioner: "ebs.csi.aws.com",
      reclaim_policy: "Delete",
      volume_binding_mode: "WaitForFirstConsumer",
      parameters: { type: "gp3" },
    },
  },
};

/** A stack of dev that has them, in the cluster that its provider is told of. */
export function kubernetesStack(resources: Resources, more: Partial<StackSpec> = {}): StackSpec {
  return {
    name: "dev-orders",
    resources,
    ...more,
    root: {
      ...more.root,
      provider: { kubernetes: [{ host: "https://dev.example.com" }] },
      terraform: {
        backend: { s3: { bucket: "state", key: "dev-orders.tfstate", region: "eu-west-1", use_lockfile: true } },
        required_providers: { kubernetes: { source: "registry.opentofu.org/hashicorp/kubernetes", version: "2.38.0" } },
      },
    },
  };
}
