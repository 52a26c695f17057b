import type { KubernetesObject } from "../api/apply";
import { teamUser, USERS } from "../components/users";

const API = "rbac.authorization.k8s.io";

/** What a role allows: verbs on kinds, or on paths that belong to no kind. */
export type Rule = { readonly verbs: readonly string[] } & (
  | { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }
  | { readonly nonResourceURLs: readonly string[] }
);

const LOOK = ["get", "list", "watch"];

/** What the program that plays nodes does, and no more: it never reads a secret, and never makes a pod. */
const SIMULATED_NODES: readonly Rule[] = [
  { apiGroups: [""], resources: ["nodes"], verbs: LOOK },
  { apiGroups: [""], resources: ["nodes/status", "pods/status"], verbs: ["patch", "update"] },
  { apiGroups: [""], resources: ["pods"], verbs: [...LOOK, "delete", "patch"] },
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: [...LOOK, "create", "patch", "update"] },
  { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch", "update"] },
];

/** Nodes belong to no namespace, so that the role that reads namespaces does not have them. */
const NODES: readonly Rule[] = [{ apiGroups: [""], resources: ["nodes"], verbs: LOOK }];

/**
 * The rights that a control plane starts with. Teams have none yet: their namespaces bring them, as in the cloud.
 */
export function accessObjects(): readonly KubernetesObject[] {
  const [administrators] = USERS.administrator.groups;
  const [readers] = USERS.reader.groups;
  return [
    role("paved:simulated-nodes", SIMULATED_NODES),
    binding("paved:simulated-nodes", "paved:simulated-nodes", { kind: "User", name: USERS.simulatedNodes.name }),
    binding("paved:administrators", "cluster-admin", { kind: "Group", name: administrators }),
    binding("paved:readers", "view", { kind: "Group", name: readers }),
    role("paved:read-nodes", NODES),
    binding("paved:readers-of-nodes", "paved:read-nodes", { kind: "Group", name: readers }),
  ];
}

/** A role of the whole cluster. */
export function role(name: string, rules: readonly Rule[]): KubernetesObject {
  return { apiVersion: `${API}/v1`, kind: "ClusterRole", metadata: { name }, rules };
}

/** Lets a user do in one namespace what these rules say. */
export function within(namespace: string, user: string, rules: readonly Rule[]): readonly KubernetesObject[] {
  const metadata = { name: user, namespace };
  return [
    { apiVersion: `${API}/v1`, kind: "Role", metadata, rules },
    {
      apiVersion: `${API}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: API, kind: "Role", name: user },
      subjects: [{ apiGroup: API, kind: "User", name: user }],
    },
  ];
}

/**
 * Lets everybody who may read do in the whole cluster what these rules say.
 * @param teams those that have a context
 */
export function forReaders(
  name: string,
  rules: readonly Rule[],
  teams: readonly string[],
): readonly KubernetesObject[] {
  const readers = [...USERS.reader.groups, ...teams.flatMap((team) => teamUser(team).groups ?? [])];
  return [
    role(name, rules),
    ...readers.map((reader) => binding(`${name}:${reader}`, name, { kind: "Group", name: reader })),
  ];
}

/** Gives somebody a role in the whole cluster. */
export function binding(
  name: string,
  roleName: string,
  subject: { readonly kind: "User" | "Group"; readonly name: string },
): KubernetesObject {
  return {
    apiVersion: `${API}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: API, kind: "ClusterRole", name: roleName },
    subjects: [{ apiGroup: API, ...subject }],
  };
}
