import type { KubernetesObject } from "../api/apply";
import { USERS } from "../components/users";
import { binding, forReaders, role, type Rule, within } from "../objects/access";
import { ARGO_CD_NAMESPACE } from "./refresh";

/** As in Argo CD's own manifests: what it may not sync is said by its projects. */
const CONTROLLER: readonly Rule[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
];

/** As in Argo CD's own manifests: what its API shows of the cluster, and changes for those whom it lets. */
const SERVER: readonly Rule[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["delete", "get", "patch"] },
  { apiGroups: ["*"], resources: ["*/finalizers"], verbs: ["update"] },
  { apiGroups: [""], resources: ["events"], verbs: ["list"] },
  { apiGroups: ["argoproj.io"], resources: ["applications", "applicationsets"], verbs: ["get", "list", "watch"] },
  { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] },
];

const ALL = ["create", "get", "list", "watch", "update", "patch", "delete"];

/** The same, for what the API keeps in its own namespace. */
const SERVER_AT_HOME: readonly Rule[] = [
  { apiGroups: [""], resources: ["secrets", "configmaps"], verbs: ALL },
  { apiGroups: ["argoproj.io"], resources: ["applications", "appprojects", "applicationsets"], verbs: ALL },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "list"] },
];

/** What is delivered is for everybody to see, as it is in Argo CD itself, whose default for people is `role:readonly`. */
const LOOK: readonly Rule[] = [
  { apiGroups: ["argoproj.io"], resources: ["applications", "appprojects"], verbs: ["get", "list", "watch"] },
];

/**
 * The rights of Argo CD's controller and of its API, each a user of its own, and of whoever may look.
 * @param teams those that have a context
 */
export function argoCdAccess(teams: readonly string[]): readonly KubernetesObject[] {
  const { argoCdController, argoCdServer } = USERS;
  return [
    ...forReaders("paved:read-applications", LOOK, teams),
    role(argoCdController.name, CONTROLLER),
    binding(argoCdController.name, argoCdController.name, { kind: "User", name: argoCdController.name }),
    role(argoCdServer.name, SERVER),
    binding(argoCdServer.name, argoCdServer.name, { kind: "User", name: argoCdServer.name }),
    ...within(ARGO_CD_NAMESPACE, argoCdServer.name, SERVER_AT_HOME),
  ];
}
