import type { HelmValue } from "../values";
import { ARGO_CD_NAMESPACE } from "./argo-cd-bootstrap";
import {
  deliveryAccount,
  FIRST_ACCOUNTS,
  FLUX_NAMESPACE,
  PLATFORM_DELIVERY_ROLE,
  SERVICE_DELIVERY_ROLE,
} from "./flux-names";
import { BROUGHT_KINDS, PLATFORM_DELIVERS } from "./platform-project";

/** A kind that is delivered. */
export interface DeliveredKind {
  readonly group: string;
  readonly kind: string;
}

type Rule = Readonly<Record<"apiGroups" | "resources" | "verbs", readonly string[]>>;

const API = "rbac.authorization.k8s.io";
const SOURCE = "source.toolkit.fluxcd.io";
const KUSTOMIZE = "kustomize.toolkit.fluxcd.io";
const LOOK = ["get", "list", "watch"];
const WRITE = [...LOOK, "create", "update", "patch", "delete"];
const FOLLOW = [...LOOK, "patch", "update"];
const SOURCES = ["buckets", "gitrepositories", "helmcharts", "helmrepositories", "ocirepositories"];
const rule = (apiGroup: string, resources: readonly string[], verbs: readonly string[]): Rule => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});

/** What both controllers need: to say what they do, and to take turns with a second pod of theirs. */
const COMMON = [rule("", ["events"], ["create", "patch"]), rule("coordination.k8s.io", ["leases"], WRITE)];

/** Beside them: fetches sources with the secrets of its namespace, and says in their status what it has. */
const SOURCE_CONTROLLER = [
  ...COMMON,
  rule("", ["secrets"], LOOK),
  rule("", ["serviceaccounts"], ["get"]),
  rule(SOURCE, SOURCES, FOLLOW),
  rule(
    SOURCE,
    SOURCES.map((kind) => `${kind}/status`),
    ["get", "patch", "update"],
  ),
  rule(
    SOURCE,
    SOURCES.map((kind) => `${kind}/finalizers`),
    ["update"],
  ),
];

/** Upstream's is an administrator of the cluster; this one is whatever account of its namespace a Kustomization names, and nothing itself. */
const KUSTOMIZE_CONTROLLER = [
  ...COMMON,
  rule("", ["serviceaccounts"], [...LOOK, "impersonate"]),
  rule("", ["configmaps", "secrets"], LOOK),
  rule(SOURCE, SOURCES, LOOK),
  rule(KUSTOMIZE, ["kustomizations"], FOLLOW),
  rule(KUSTOMIZE, ["kustomizations/status"], ["get", "patch", "update"]),
  rule(KUSTOMIZE, ["kustomizations/finalizers"], ["update"]),
];

/** What becomes of a Deployment is asked of its pods, and of the sets that they are in. */
const ROLLOUTS = [rule("", ["pods"], LOOK), rule("apps", ["replicasets"], LOOK)];

/**
 * All rights around Flux, as manifests that come with its release; none comes from Git. Each Kustomization is applied as an
 * account: the first one's may write Kustomizations, and a service's, which its own stack makes and binds in its own namespace
 * alone, the kinds that golden paths deliver. The platform's is bound in the namespaces that the platform delivers to, which are
 * there before, and over the whole cluster may write what has no namespace; it makes none.
 *
 * @param services kinds that golden paths deliver
 */
export function fluxRights(services: readonly DeliveredKind[]): readonly HelmValue[] {
  const platform = deliveryAccount("platform");
  const { clusterKinds, namespacedKinds, namespaces } = PLATFORM_DELIVERS;
  return [
    ...within("source-controller", SOURCE_CONTROLLER),
    ...within("kustomize-controller", KUSTOMIZE_CONTROLLER),
    account(FIRST_ACCOUNTS.deliveries),
    ...within(FIRST_ACCOUNTS.deliveries, [rule(KUSTOMIZE, ["kustomizations"], WRITE)]),
    account(platform),
    ...everywhere(platform, writing(clusterKinds.filter(({ kind }) => kind !== "Namespace"))),
    clusterRole(PLATFORM_DELIVERY_ROLE, writing(namespacedKinds.filter(({ group }) => group !== "argoproj.io"))),
    ...namespaces
      .filter((namespace) => namespace !== ARGO_CD_NAMESPACE)
      .map((namespace) => ({
        ...bound("ClusterRole", PLATFORM_DELIVERY_ROLE, platform),
        kind: "RoleBinding",
        metadata: { name: platform, namespace },
      })),
    account(FIRST_ACCOUNTS.gatewayKinds),
    ...everywhere(FIRST_ACCOUNTS.gatewayKinds, writing(BROUGHT_KINDS)),
    clusterRole(SERVICE_DELIVERY_ROLE, [...writing(services), ...ROLLOUTS]),
  ];
}

function writing(kinds: readonly DeliveredKind[]): readonly Rule[] {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return groups.map((group) => {
    const own = kinds.filter((one) => one.group === group);
    return rule(
      group,
      own.map(({ kind }) => pluralOf(kind)),
      WRITE,
    );
  });
}

/** What the API server calls several objects of a kind. */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith("s")) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function account(name: string): HelmValue {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: FLUX_NAMESPACE } };
}

function clusterRole(name: string, rules: readonly Rule[]): HelmValue {
  return { apiVersion: `${API}/v1`, kind: "ClusterRole", metadata: { name }, rules };
}

function bound(kind: "Role" | "ClusterRole", name: string, to = name): Readonly<Record<string, HelmValue>> {
  return {
    apiVersion: `${API}/v1`,
    kind: `${kind}Binding`,
    roleRef: { apiGroup: API, kind, name },
    subjects: [{ kind: "ServiceAccount", name: to, namespace: FLUX_NAMESPACE }],
  };
}

function within(name: string, rules: readonly Rule[]): readonly HelmValue[] {
  const metadata = { name, namespace: FLUX_NAMESPACE };
  return [
    { apiVersion: `${API}/v1`, kind: "Role", metadata, rules },
    { ...bound("Role", name), metadata },
  ];
}

function everywhere(name: string, rules: readonly Rule[]): readonly HelmValue[] {
  return [clusterRole(name, rules), { ...bound("ClusterRole", name), metadata: { name } }];
}
