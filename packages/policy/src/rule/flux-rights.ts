import { isRecord, shown, texts, unless } from "./attributes";
import { OF_PLATFORM, OF_TEAMS, PLATFORM_NAMESPACES } from "./delivered-kinds";
import { all, is, listOf, type Shape } from "./shape";

/** Where Flux, its sources, its Kustomizations and the accounts that they are applied as are. */
export const FLUX_NAMESPACE = "flux-system";

const API = "rbac.authorization.k8s.io";
const LOOK = ["get", "list", "watch"];
const WRITE = [...LOOK, "create", "update", "patch", "delete"];
const SOURCES = ["buckets", "gitrepositories", "helmcharts", "helmrepositories", "ocirepositories"];

/** What may be done to what, each as `group/resource`; the core group's as the resource alone. */
type Rights = ReadonlyMap<string, readonly string[]>;

const each = (group: string, resources: readonly string[], verbs: readonly string[]) =>
  resources.map((resource) => [group === "" ? resource : `${group}/${resource}`, verbs] as const);

const source = (suffix: string) => SOURCES.map((kind) => `${kind}${suffix}`);

/** What a controller of Flux may in its own namespace. Neither makes objects of others, and what one fetches by is nobody's but its. */
const SOURCE_CONTROLLER: Rights = new Map([
  ...each("", ["events"], ["create", "patch"]),
  ...each("coordination.k8s.io", ["leases"], WRITE),
  ...each("", ["secrets"], LOOK),
  ...each("", ["serviceaccounts"], ["get"]),
  ...each("source.toolkit.fluxcd.io", source(""), [...LOOK, "patch", "update"]),
  ...each("source.toolkit.fluxcd.io", [...source("/status"), ...source("/finalizers")], ["get", "patch", "update"]),
]);

/** The one that applies is whatever account of its namespace a Kustomization names. */
const KUSTOMIZE_CONTROLLER: Rights = new Map([
  ...each("", ["events"], ["create", "patch"]),
  ...each("coordination.k8s.io", ["leases"], WRITE),
  ...each("", ["configmaps", "secrets"], LOOK),
  ...each("", ["serviceaccounts"], [...LOOK, "impersonate"]),
  ...each("source.toolkit.fluxcd.io", source(""), LOOK),
  ...each("kustomize.toolkit.fluxcd.io", ["kustomizations"], [...LOOK, "patch", "update"]),
  ...each(
    "kustomize.toolkit.fluxcd.io",
    ["kustomizations/status", "kustomizations/finalizers"],
    ["get", "patch", "update"],
  ),
]);

/** Who writes Kustomizations writes nothing else. */
const DELIVERIES: Rights = new Map(each("kustomize.toolkit.fluxcd.io", ["kustomizations"], WRITE));

/** What the API server calls several objects of a kind, with its group. */
function resourceOf(kind: string): string {
  const name = kind.split("/").map((part, place, all) => (place === all.length - 1 ? part.toLowerCase() : part));
  const [last = ""] = name.slice(-1);
  const plural = last.endsWith("s") ? `${last}es` : /[^aeiou]y$/.test(last) ? `${last.slice(0, -1)}ies` : `${last}s`;
  return [...name.slice(0, -1), plural].join("/");
}

const writing = (...kinds: readonly string[]): Rights => new Map(kinds.map((kind) => [resourceOf(kind), WRITE]));

/** What golden paths deliver, and a look at what becomes of it. */
const SERVICES: Rights = new Map([
  ...writing(...OF_TEAMS.namespaced),
  ...each("", ["pods"], LOOK),
  ...each("apps", ["replicasets"], LOOK),
]);

/** Kinds that a repository of somebody else brings: nothing of them runs or gives rights. */
const BROUGHT = writing(
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "apiextensions.k8s.io/CustomResourceDefinition",
);

/** Rules that give no more than these rights; a wildcard, a single name or a path is none of them. */
function rulesOf(rights: Rights): Shape {
  return listOf((value, path) => {
    if (!isRecord(value) || Object.keys(value).some((key) => !["apiGroups", "resources", "verbs"].includes(key)))
      return [{ got: `${path} has ${shown(value)}` }];
    const [groups, resources, verbs] = [value["apiGroups"], value["resources"], value["verbs"]].map(texts);
    const asked = (groups ?? []).flatMap((group) =>
      (resources ?? []).map((resource) => (group === "" ? resource : `${group}/${resource}`)),
    );
    const isWithin = asked.every((what) => (verbs ?? []).every((verb) => rights.get(what)?.includes(verb) === true));
    return unless(asked.length > 0 && isWithin, `${path} has ${shown(value)}`);
  });
}

const inFlux = (name: string): Shape => all({ name: is(name), namespace: is(FLUX_NAMESPACE) });

const anAccount = (name: string): Shape =>
  all({ apiVersion: is("v1"), kind: is("ServiceAccount"), metadata: inFlux(name) });

/** Binds the platform's account in one of the namespaces that the platform delivers to. */
const inPlatforms = all({
  apiVersion: is(`${API}/v1`),
  kind: is("RoleBinding"),
  metadata: all({
    name: is("deliver-platform"),
    namespace: is(...PLATFORM_NAMESPACES.filter((namespace) => namespace !== "argocd")),
  }),
  roleRef: all({ apiGroup: is(API), kind: is("ClusterRole"), name: is("paved:platform-delivery") }),
  subjects: listOf(all({ kind: is("ServiceAccount"), name: is("deliver-platform"), namespace: is(FLUX_NAMESPACE) })),
});

/** What has no namespace, and is none: who makes namespaces from Git would have to be let into all of them. */
const OF_THE_CLUSTER = OF_PLATFORM.clusterWide.filter((kind) => kind !== "Namespace");

function aRole(kind: "Role" | "ClusterRole", name: string, rights: Rights): Shape {
  const metadata = kind === "Role" ? inFlux(name) : all({ name: is(name) });
  return all({ apiVersion: is(`${API}/v1`), kind: is(kind), metadata, rules: rulesOf(rights) });
}

function aBinding(kind: "Role" | "ClusterRole", name: string): Shape {
  const subject = all({ kind: is("ServiceAccount"), name: is(name), namespace: is(FLUX_NAMESPACE) });
  return all({
    apiVersion: is(`${API}/v1`),
    kind: is(`${kind}Binding`),
    metadata: kind === "Role" ? inFlux(name) : all({ name: is(name) }),
    roleRef: all({ apiGroup: is(API), kind: is(kind), name: is(name) }),
    subjects: listOf(subject),
  });
}

const bound = (kind: "Role" | "ClusterRole", name: string, rights: Rights): readonly Shape[] => [
  aRole(kind, name, rights),
  aBinding(kind, name),
];

/** Every object of rights that comes with Flux's release, each with no more than is listed here. */
export const FLUX_RIGHTS: readonly Shape[] = [
  ...bound("Role", "source-controller", SOURCE_CONTROLLER),
  ...bound("Role", "kustomize-controller", KUSTOMIZE_CONTROLLER),
  anAccount("paved.kustomizations"),
  ...bound("Role", "paved.kustomizations", DELIVERIES),
  anAccount("deliver-platform"),
  ...bound("ClusterRole", "deliver-platform", writing(...OF_THE_CLUSTER)),
  aRole("ClusterRole", "paved:platform-delivery", writing(...OF_PLATFORM.namespaced)),
  inPlatforms,
  anAccount("paved.gateway-kinds"),
  ...bound("ClusterRole", "paved.gateway-kinds", BROUGHT),
  aRole("ClusterRole", "paved:service-delivery", SERVICES),
];
