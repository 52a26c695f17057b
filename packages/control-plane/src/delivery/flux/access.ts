import type { KubernetesObject } from "../../api/apply";
import { USERS } from "../../components/users";
import { forReaders, type Rule, within } from "../../objects/access";
import { FLUX_NAMESPACE } from "./namespace";

const SOURCE = "source.toolkit.fluxcd.io";
const KUSTOMIZE = "kustomize.toolkit.fluxcd.io";
const LOOK = ["get", "list", "watch"];
const SOURCES = ["buckets", "gitrepositories", "helmcharts", "helmrepositories", "ocirepositories"];
const EVENTS: Rule = { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] };

/** What Flux's own manifests give it in the whole cluster, in its namespace alone; and it makes and deletes no source. */
const SOURCE_CONTROLLER: readonly Rule[] = [
  EVENTS,
  { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
  { apiGroups: [SOURCE], resources: SOURCES, verbs: [...LOOK, "patch", "update"] },
  { apiGroups: [SOURCE], resources: SOURCES.map((kind) => `${kind}/status`), verbs: ["get", "patch", "update"] },
  { apiGroups: [SOURCE], resources: SOURCES.map((kind) => `${kind}/finalizers`), verbs: ["update"] },
];

/** Where Flux's own manifests make it an administrator, it is what the accounts of its namespace are, and nothing itself. */
const KUSTOMIZE_CONTROLLER: readonly Rule[] = [
  EVENTS,
  { apiGroups: [""], resources: ["serviceaccounts"], verbs: [...LOOK, "impersonate"] },
  { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: LOOK },
  { apiGroups: [SOURCE], resources: SOURCES, verbs: LOOK },
  { apiGroups: [KUSTOMIZE], resources: ["kustomizations"], verbs: [...LOOK, "patch", "update"] },
  { apiGroups: [KUSTOMIZE], resources: ["kustomizations/status"], verbs: ["get", "patch", "update"] },
  { apiGroups: [KUSTOMIZE], resources: ["kustomizations/finalizers"], verbs: ["update"] },
];

/** What is delivered is for everybody to see, as it is with Argo CD. */
const LOOK_AT_DELIVERIES: readonly Rule[] = [
  { apiGroups: [SOURCE], resources: ["gitrepositories"], verbs: LOOK },
  { apiGroups: [KUSTOMIZE], resources: ["kustomizations"], verbs: LOOK },
];

/**
 * The rights of Flux's controllers, each a user of its own, and of whoever may look.
 * @param teams those that have a context
 */
export function fluxAccess(teams: readonly string[]): readonly KubernetesObject[] {
  return [
    ...forReaders("paved:read-kustomizations", LOOK_AT_DELIVERIES, teams),
    ...within(FLUX_NAMESPACE, USERS.sourceController.name, SOURCE_CONTROLLER),
    ...within(FLUX_NAMESPACE, USERS.kustomizeController.name, KUSTOMIZE_CONTROLLER),
  ];
}
