import type { Promised } from "./promised";

const metadata = [{ name: "thing", namespace: "landscape" }];
const elsewhere = [{ name: "thing", namespace: "nowhere" }];
const named = ["metadata", 0, "name"];

/** What the types of the kubernetes and helm providers promise. */
export const KUBERNETES_PROMISES: Record<string, Promised> = {
  helm_release: {
    config: () => ({ name: "thing", chart: "thing", namespace: "landscape" }),
    id: /^thing$/,
    taken: ["name"],
    missing: ["namespace", "nowhere"],
    replaces: ["namespace", "default"],
  },
  kubernetes_config_map_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_default_service_account_v1: {
    config: () => ({ metadata: [{ namespace: "landscape" }] }),
    id: /^landscape\/default$/,
    missing: ["metadata", [{ namespace: "nowhere" }]],
    replaces: ["metadata", [{ namespace: "default" }]],
  },
  kubernetes_limit_range_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_namespace_v1: {
    config: () => ({ metadata: [{ name: "thing" }] }),
    id: /^thing$/,
    taken: named,
    replaces: ["metadata", [{ name: "b" }]],
  },
  kubernetes_network_policy_v1: {
    config: () => ({ metadata, spec: [{ pod_selector: [{}], policy_types: ["Ingress"] }] }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_resource_quota_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_role_binding_v1: {
    config: () => ({
      metadata,
      role_ref: [{ api_group: "rbac.authorization.k8s.io", kind: "Role", name: "a" }],
      subject: [{ kind: "Group", name: "team" }],
    }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
    replaces: ["role_ref", [{ api_group: "rbac.authorization.k8s.io", kind: "Role", name: "b" }]],
  },
  kubernetes_role_v1: {
    config: () => ({ metadata, rule: [{ api_groups: [""], resources: ["pods"], verbs: ["get"] }] }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
  },
  kubernetes_secret_v1: {
    config: () => ({ metadata, data: { a: "b" } }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
    replaces: ["type", "kubernetes.io/tls"],
  },
  kubernetes_service_account_v1: {
    config: () => ({ metadata }),
    id: /^landscape\/thing$/,
    taken: named,
    missing: ["metadata", elsewhere],
    replaces: ["metadata", [{ name: "other", namespace: "landscape" }]],
  },
};
