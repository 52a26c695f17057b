import { one } from "../rule/attribute-rule";
import { asText, at, blocks, isSet, shown, texts, unless } from "../rule/attributes";
import { isDeliveryBinding } from "../rule/delivery-account";
import { type Attributes, type ResourceRule, resourceRule, type Violation } from "../rule/rule";

const ROLES = ["kubernetes_role", "kubernetes_role_v1", "kubernetes_cluster_role", "kubernetes_cluster_role_v1"];
const BINDINGS = [
  "kubernetes_role_binding",
  "kubernetes_role_binding_v1",
  "kubernetes_cluster_role_binding",
  "kubernetes_cluster_role_binding_v1",
];

/** What may be done to anything: to look. */
const READING = ["get", "list", "watch"];

/** What gives rights to whoever looks alone: credentials, and ways into pods and nodes, which open with a get. */
const CLOSED =
  /^(secrets|(pods|services|nodes)\/(exec|attach|portforward|proxy|ephemeralcontainers)|serviceaccounts\/token|certificatesigningrequests(\/.*)?)$/;

const rule = (apiGroups: string[], resources: string[], verbs: string[]): Attributes => ({
  rule: [{ api_groups: apiGroups, resources, verbs }],
});

/** Who may be bound: a team, or a service account that somebody named. */
function stranger({ kind, name, namespace }: Attributes): readonly Violation[] {
  const isTeam = kind === "Group" && /^team:[a-z0-9-]+$/.test(asText(name));
  const isNamed =
    kind === "ServiceAccount" &&
    isSet(name) &&
    name !== "default" &&
    isSet(namespace) &&
    !/^(default|kube-.*)$/.test(asText(namespace));
  return unless(isTeam || isNamed, `subject ${shown(kind)} ${shown(name)}`);
}

/** Rules on who may do what in a cluster. None of these kinds is delivered (K8S-DLV-002). */
export const rbacRules: readonly ResourceRule[] = [
  resourceRule({
    id: "K8S-NS-005",
    title: "A role says what it may do",
    severity: "high",
    source: "CIS EKS 1.8 4.1.3; CKV_K8S_49",
    why: "A wildcard gives today's rights and all that the cluster will ever get.",
    want: "api_groups, resources and verbs without *, and no aggregation of other roles",
    fix: "name them",
    judges: ROLES,
    check: ({ attributes }) => [
      ...blocks(attributes["rule"]).flatMap((each) =>
        ["api_groups", "resources", "verbs", "non_resource_urls"]
          .filter((list) => texts(each[list]).some((value) => value.includes("*")))
          .map((list) => ({ got: `${list} is ${shown(each[list])}` })),
      ),
      ...unless(!isSet(attributes["aggregation_rule"]), "aggregation_rule"),
    ],
    fails: one("kubernetes_role_v1", rule(["*"], ["pods"], ["get"])),
    passes: one("kubernetes_role_v1", rule([""], ["pods"], ["get"])),
  }),
  resourceRule({
    id: "K8S-NS-006",
    title: "A role does not lead to other roles, other pods or secrets",
    severity: "critical",
    source: "CIS EKS 1.8 4.1.2, 4.1.4, 4.1.8 to 4.1.12; CKV_K8S_155 to CKV_K8S_158",
    why: "Who may read secrets, make pods, run commands in them or bind roles soon holds every right in reach.",
    want: "no verb but get, list and watch; no secrets, tokens, certificates or nodes/proxy, and no pods/exec, attach, portforward or proxy, which open with a get",
    fix: "deliver through Git; let a deviation say why when it must be",
    judges: ROLES,
    check: ({ attributes }) =>
      blocks(attributes["rule"])
        .filter(
          ({ verbs, resources }) =>
            texts(verbs).some((verb) => !READING.includes(verb)) ||
            texts(resources).some((resource) => CLOSED.test(resource)),
        )
        .map(({ verbs, resources }) => ({ got: `${shown(verbs)} on ${shown(resources)}` })),
    fails: one("kubernetes_role_v1", rule([""], ["pods/exec"], ["get"])),
    passes: one("kubernetes_role_v1", rule([""], ["pods", "pods/log"], ["get", "list", "watch"])),
  }),
  resourceRule({
    id: "K8S-NS-007",
    title: "Nobody is bound to the roles that rule the cluster",
    severity: "critical",
    source: "CIS EKS 1.8 4.1.1; CKV_K8S_42",
    why: "cluster-admin for a team, or what an add-on or a deliverer may do for whoever is named, undoes every other border.",
    want: "a Role of one's own; of those of the cluster paved:service-delivery alone, by a RoleBinding of the service's namespace, for the account deliver-<service> where Flux delivers; for a team or a service account that is named, never for default or system:…",
    fix: "bind the team's own role in its namespace",
    judges: BINDINGS,
    check: (subject) => {
      if (isDeliveryBinding(subject)) return [];
      const role = at(subject.attributes, "role_ref");
      return [
        ...unless(at(role, "kind") === "Role", `role_ref is ${shown(at(role, "kind"))} ${shown(at(role, "name"))}`),
        ...blocks(subject.attributes["subject"]).flatMap(stranger),
      ];
    },
    fails: one("kubernetes_cluster_role_binding_v1", {
      role_ref: { kind: "ClusterRole", name: "cluster-admin" },
      subject: [{ kind: "Group", name: "team:commerce" }],
    }),
    passes: one("kubernetes_role_binding_v1", {
      role_ref: { kind: "Role", name: "team-read" },
      subject: [{ kind: "Group", name: "team:commerce" }],
    }),
  }),
];
