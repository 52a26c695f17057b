import type { EnvironmentEntry } from "@paved/model";
import { attributeRule, one } from "../rule/attribute-rule";
import { at, blocks, demand, isFalse, isSet, isTrue, shown, texts, unless } from "../rule/attributes";
import { defaultFaults, quotaFaults } from "../rule/limits";
import { isNear, wrongSource } from "../rule/network-peer";
import {
  type Attributes,
  type ResourceRule,
  resourceRule,
  type Resources,
  type ResourceSubject,
  type Violation,
} from "../rule/rule";

const NAMESPACE = "kubernetes_namespace_v1";
const DEFAULT_ACCOUNT = "kubernetes_default_service_account_v1";

/** Oldest version of Kubernetes whose Pod Security is asked for: before it, less was known to be unsafe. */
const OLDEST_MINOR = 34;

function isRecent(version: unknown): boolean {
  return Number(/^v1\.(\d+)$/.exec(String(version))?.[1]) >= OLDEST_MINOR;
}

const MODES = ["enforce", "audit", "warn"];

/** Resources of a type that are in this namespace. */
function within(namespace: ResourceSubject, type: string): readonly ResourceSubject[] {
  const name = at(namespace.attributes, "metadata.name");
  return namespace.siblings(type).filter(({ attributes }) => {
    const place = String(at(attributes, "metadata.namespace") ?? "");
    return place === name || place.includes(`${namespace.address}.metadata`);
  });
}

/** Whether a namespace is of one of the platform's add-ons, which bring their own borders: they are in its own stack. */
function isPlatforms({ stack, environment, attributes }: ResourceSubject): boolean {
  const set = labels(attributes);
  const labelled = set["paved.dev/owner"] === "platform" && set["paved.dev/service"] === undefined;
  return labelled && stack === `${environment.name}-platform`;
}

/** What is wrong with the limits of a namespace. */
function limits(namespace: ResourceSubject): readonly Violation[] {
  const hard = within(namespace, "kubernetes_resource_quota_v1").map(({ attributes }) => at(attributes, "spec.hard"));
  const ranges = within(namespace, "kubernetes_limit_range_v1").map(({ attributes }) => at(attributes, "spec.limit"));
  return [...quotaFaults(hard.flatMap(blocks)), ...defaultFaults(ranges.flatMap(blocks))];
}

function isServices(subject: ResourceSubject): boolean {
  return !isPlatforms(subject);
}

function labels(attributes: Attributes): Attributes {
  return blocks(at(attributes, "metadata.labels"))[0] ?? {};
}

/** A namespace of a service with another resource in it, for examples. */
function withIn(type: string, attributes: Attributes): Resources {
  return {
    ...restricted(),
    [type]: {
      example: { metadata: { namespace: "${kubernetes_namespace_v1.example.metadata[0].name}" }, ...attributes },
    },
  };
}

/** A namespace of a service with this quota, for examples. */
function limited(hard: Attributes): Resources {
  const metadata = { namespace: "${kubernetes_namespace_v1.example.metadata[0].name}" };
  const some = { cpu: "100m", memory: "256Mi" };
  return {
    ...restricted(),
    kubernetes_resource_quota_v1: { example: { metadata, spec: { hard } } },
    kubernetes_limit_range_v1: {
      example: { metadata, spec: { limit: [{ type: "Container", default: some, default_request: some }] } },
    },
  };
}

function restricted(): Resources {
  const security = MODES.flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, "restricted"],
    [`pod-security.kubernetes.io/${mode}-version`, "v1.36"],
  ]);
  return one(NAMESPACE, { metadata: { name: "orders", labels: Object.fromEntries(security) } });
}

/** Rules that let everybody in or out. */
function holes(rules: unknown, side: "from" | "to", environment: EnvironmentEntry): readonly Violation[] {
  return blocks(rules).flatMap((each) => {
    const peers = blocks(each[side]);
    const open = peers.filter((peer) => {
      const range = at(peer, "ip_block.cidr");
      const known =
        side === "from" ? wrongSource({ cidr: range }, environment) === undefined : isNear(range, environment);
      const everywhere = [peer["namespace_selector"], peer["pod_selector"]].filter(
        (selector) => selector !== undefined,
      );
      const nobodyNamed =
        everywhere.length > 0 && everywhere.every((selector) => shown(selector).length <= "[{}]".length);
      return (isSet(peer["ip_block"]) && !known) || nobodyNamed;
    });
    if (peers.length === 0) return [{ got: `a rule without ${side}` }];
    return open.map((peer) => ({ got: `${side} ${shown(peer)}` }));
  });
}

const ROLES = ["kubernetes_role_v1", "kubernetes_cluster_role_v1"];
const BINDINGS = ["kubernetes_role_binding_v1", "kubernetes_cluster_role_binding_v1"];

const rule = (apiGroups: string[], resources: string[], verbs: string[]): Attributes => ({
  rule: [{ api_groups: apiGroups, resources, verbs }],
});

/** Rules on what the platform makes inside a cluster: namespaces, their borders, roles and charts. */
export const namespaceRules: readonly ResourceRule[] = [
  resourceRule({
    id: "K8S-NS-001",
    title: "A namespace says which pods it admits",
    severity: "high",
    source: "Pod Security admission; CIS EKS 1.8 4.2.1 to 4.2.5",
    why: "Without the labels a pod with all rights of the node is admitted.",
    want: `enforce, audit and warn of restricted with a version, v1.${OLDEST_MINOR} or later; a weaker enforce only in the platform's own namespaces`,
    fix: "make the namespace with Namespace",
    judges: [NAMESPACE],
    check: (subject) => {
      const set = labels(subject.attributes);
      const weaker = isPlatforms(subject) ? ["baseline", "privileged"] : [];
      return MODES.flatMap((mode) => {
        const level = set[`pod-security.kubernetes.io/${mode}`];
        const version = set[`pod-security.kubernetes.io/${mode}-version`];
        const levels = ["restricted", ...(mode === "enforce" ? weaker : [])];
        return [
          ...unless(levels.includes(String(level)), `${mode} is ${shown(level)}`),
          ...unless(isRecent(version), `${mode}-version is ${shown(version)}`),
        ];
      });
    },
    fails: one(NAMESPACE, { metadata: { name: "orders" } }),
    passes: restricted(),
  }),
  resourceRule({
    id: "K8S-NS-002",
    title: "A namespace lets nothing in or out that is not said",
    severity: "high",
    source: "CIS EKS 1.8 4.3.2; NSA 2.0; EKS Best Practices, network security",
    why: "One pod that is broken into otherwise speaks to every other.",
    want: "a kubernetes_network_policy_v1 of all its pods, with Ingress and Egress and no rule, in every namespace of a service",
    fix: "make the namespace with Namespace",
    judges: [NAMESPACE],
    appliesTo: isServices,
    check: (subject) => {
      const closed = within(subject, "kubernetes_network_policy_v1").some(({ attributes }) => {
        const spec = blocks(attributes["spec"])[0] ?? {};
        const types = texts(spec["policy_types"]);
        const open = isSet(spec["ingress"]) || isSet(spec["egress"]);
        const all = Object.keys(blocks(spec["pod_selector"])[0] ?? {}).length === 0;
        return types.includes("Ingress") && types.includes("Egress") && all && !open;
      });
      return unless(closed, "no policy that refuses all");
    },
    fails: restricted(),
    passes: withIn("kubernetes_network_policy_v1", { spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] } }),
  }),
  resourceRule({
    id: "K8S-NS-003",
    title: "A namespace cannot use up its cluster",
    severity: "medium",
    source: "NSA 4.0, 4.1; EKS Best Practices, multi-tenancy",
    why: "One faulty release otherwise takes the memory of all.",
    want: "a quota of 200 pods, 128 CPUs and 256Gi at most, no load balancer and no open port of nodes, and defaults for containers, in every namespace of a service",
    fix: "make the namespace with Namespace",
    judges: [NAMESPACE],
    appliesTo: isServices,
    check: limits,
    fails: limited({ pods: "100000", "services.loadbalancers": "5" }),
    passes: limited({
      pods: "60",
      "requests.cpu": "32",
      "requests.memory": "64Gi",
      "limits.memory": "64Gi",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    }),
  }),
  resourceRule({
    id: "K8S-NS-004",
    title: "A service account gives no pod its token unasked, the default one of a namespace neither",
    severity: "medium",
    source: "CIS EKS 1.8 4.1.5, 4.1.6; CKV_K8S_38; NSA 1.11",
    why: "A token in every pod is a way to the API for whoever gets into one.",
    want: "automount_service_account_token false, and a kubernetes_default_service_account_v1 in every namespace",
    fix: "make the namespace and its service account with Namespace",
    judges: [NAMESPACE, "kubernetes_service_account*", "kubernetes_default_service_account*"],
    check: (subject) =>
      subject.type === NAMESPACE
        ? unless(within(subject, DEFAULT_ACCOUNT).length > 0, `no ${DEFAULT_ACCOUNT}`)
        : demand(subject.attributes, "automount_service_account_token", isFalse),
    fails: restricted(),
    passes: withIn(DEFAULT_ACCOUNT, { automount_service_account_token: false }),
  }),
  resourceRule({
    id: "K8S-NS-005",
    title: "A role says what it may do",
    severity: "high",
    source: "CIS EKS 1.8 4.1.3; CKV_K8S_49",
    why: "A wildcard gives today's rights and all that the cluster will ever get.",
    want: "api_groups, resources and verbs without *",
    fix: "name them",
    judges: ROLES,
    check: ({ attributes }) =>
      blocks(attributes["rule"]).flatMap((each) =>
        ["api_groups", "resources", "verbs", "non_resource_urls"]
          .filter((list) => texts(each[list]).some((value) => value.includes("*")))
          .map((list) => ({ got: `${list} is ${shown(each[list])}` })),
      ),
    fails: one("kubernetes_role_v1", rule(["*"], ["pods"], ["get"])),
    passes: one("kubernetes_role_v1", rule([""], ["pods"], ["get"])),
  }),
  resourceRule({
    id: "K8S-NS-006",
    title: "A role does not lead to other roles, other pods or secrets",
    severity: "critical",
    source: "CIS EKS 1.8 4.1.2, 4.1.4, 4.1.8 to 4.1.12; CKV_K8S_155 to CKV_K8S_158",
    why: "Who may read secrets, make pods, run commands in them or bind roles soon holds every right in reach.",
    want: "no read of secrets; no escalate, bind, impersonate; no nodes/proxy; no create of pods, pods/exec, tokens, persistentvolumes, bindings or webhooks",
    fix: "deliver through Git; let a deviation say why when it must be",
    judges: ROLES,
    check: ({ attributes }) =>
      blocks(attributes["rule"]).flatMap((each) => {
        const resources = texts(each["resources"]).filter((resource) => DANGEROUS.test(resource));
        const verbs = texts(each["verbs"]);
        const secrets =
          resources.some((resource) => resource === "secrets" || resource === "nodes/proxy") && verbs.length > 0;
        const writes = resources.length > 0 && verbs.some((verb) => /^(create|update|patch|\*)$/.test(verb));
        const grants = verbs.filter((verb) => /^(escalate|bind|impersonate)$/.test(verb));
        if (!secrets && !writes && grants.length === 0) return [];
        return [{ got: `${shown(verbs)} on ${shown(each["resources"])}` }];
      }),
    fails: one("kubernetes_role_v1", rule([""], ["secrets"], ["get"])),
    passes: one("kubernetes_role_v1", rule([""], ["pods", "pods/log"], ["get", "list", "watch"])),
  }),
  resourceRule({
    id: "K8S-NS-007",
    title: "Nobody is bound to the roles that rule the cluster",
    severity: "critical",
    source: "CIS EKS 1.8 4.1.1; CKV_K8S_42",
    why: "cluster-admin for a team, or for everybody who is signed in, undoes every other border.",
    want: "no cluster-admin, admin or edit, and no subject system:masters, system:authenticated, system:unauthenticated or default",
    fix: "bind the team's own role in its namespace",
    judges: BINDINGS,
    check: ({ attributes }) => [
      ...unless(
        !["cluster-admin", "admin", "edit"].includes(String(at(attributes, "role_ref.name"))),
        `role_ref is ${shown(at(attributes, "role_ref.name"))}`,
      ),
      ...blocks(attributes["subject"])
        .filter(({ name }) => /^(system:(masters|authenticated|unauthenticated|anonymous)|default)$/.test(String(name)))
        .map(({ name }) => ({ got: `subject ${shown(name)}` })),
    ],
    fails: one("kubernetes_cluster_role_binding_v1", {
      role_ref: { kind: "ClusterRole", name: "cluster-admin" },
      subject: [{ kind: "Group", name: "team:commerce" }],
    }),
    passes: one("kubernetes_role_binding_v1", {
      role_ref: { kind: "Role", name: "team-read" },
      subject: [{ kind: "Group", name: "team:commerce" }],
    }),
  }),
  resourceRule({
    id: "K8S-NS-008",
    title: "Secrets and workloads are not made by OpenTofu",
    severity: "critical",
    source: "OpenTofu, ephemerality; decision 0007",
    why: "A secret made here is in the state in plain text; a workload made here is at war with Argo CD.",
    want: "no kubernetes_secret, kubernetes_manifest, or resource that brings pods",
    fix: "reference the secret in the service file; let the golden path deliver workloads through Git",
    judges: [
      "kubernetes_secret*",
      "kubernetes_manifest",
      "kubernetes_deployment*",
      "kubernetes_stateful_set*",
      "kubernetes_daemon*",
      "kubernetes_pod*",
      "kubernetes_job*",
      "kubernetes_cron_job*",
      "kubernetes_token_request*",
    ],
    appliesTo: ({ type }) => !type.startsWith("kubernetes_pod_disruption_budget"),
    check: ({ type }) => [{ got: type }],
    fails: one("kubernetes_secret_v1", { data: { password: "${var.password}" } }),
    passes: one("kubernetes_config_map_v1", { data: { AWS_REGION: "eu-west-1" } }),
  }),
  resourceRule({
    id: "K8S-NS-009",
    title: "Disks of pods are encrypted, and outlive a mistake where it counts",
    severity: "high",
    source: "Security Hub EC2.3; EKS Best Practices, data encryption and secrets management",
    why: "A copy of a disk without encryption is a copy of the data; a deleted claim deletes its disk.",
    want: 'parameters.encrypted "true", and reclaim_policy Retain where the environment is protected',
    fix: "use the storage class of the platform, gp3-encrypted",
    judges: ["kubernetes_storage_class_v1"],
    check: ({ attributes, environment }) => {
      const reclaim = attributes["reclaim_policy"];
      return [
        ...unless(isTrue(at(attributes, "parameters.encrypted")), "parameters.encrypted is not true"),
        ...unless(!environment.protected || reclaim === "Retain", `reclaim_policy is ${shown(reclaim)}`),
      ];
    },
    fails: one("kubernetes_storage_class_v1", { parameters: { type: "gp3" }, reclaim_policy: "Delete" }),
    passes: one("kubernetes_storage_class_v1", { parameters: { encrypted: "true" }, reclaim_policy: "Retain" }),
  }),
  resourceRule({
    id: "K8S-NS-010",
    title: "A border has no hole for everybody",
    severity: "high",
    source: "CIS EKS 1.8 4.3.2; NSA 2.0",
    why: "One rule without a peer undoes the policy that refuses all.",
    want: "peers in every rule, none of them all namespaces, and ranges only of the last quarter of the environment's network, where no pods are, or the agent of Pod Identity",
    fix: "name who may speak with allowFrom",
    judges: ["kubernetes_network_policy_v1"],
    check: ({ attributes, environment }) => {
      const spec = blocks(attributes["spec"])[0] ?? {};
      return [...holes(spec["ingress"], "from", environment), ...holes(spec["egress"], "to", environment)];
    },
    fails: one("kubernetes_network_policy_v1", {
      spec: { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}, { from: [{ ip_block: { cidr: "::/0" } }] }] },
    }),
    passes: one("kubernetes_network_policy_v1", {
      spec: { egress: [{ to: [{ ip_block: { cidr: "169.254.170.23/32" } }] }] },
    }),
  }),
  attributeRule({
    id: "HELM-001",
    title: "A chart has one version and one origin",
    severity: "high",
    source: "Helm, best practices; SLSA, pinned dependencies",
    why: "A chart without a version is whatever was newest on the day of the apply, another in each environment.",
    want: "an exact version and a repository over https or oci",
    fix: "name both in the chart's release",
    type: "helm_release",
    demands: {
      version: (value) => /^v?\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(value)),
      repository: (value) => /^(https|oci):\/\//.test(String(value)),
    },
    fails: { chart: "keda", repository: "http://charts.example.com", version: ">=2" },
    passes: { chart: "keda", repository: "https://charts.example.com", version: "2.20.2" },
  }),
  attributeRule({
    id: "HELM-002",
    title: "A chart that fails to install leaves nothing behind",
    severity: "low",
    source: "AWS provider and Helm provider, helm_release atomic",
    why: "Half an upgrade blocks the next one, at night.",
    want: "atomic true and a timeout",
    fix: "install the chart with HelmChart",
    type: "helm_release",
    demands: { atomic: isTrue, timeout: isSet },
    fails: { chart: "keda" },
    passes: { atomic: true, timeout: 600 },
  }),
  resourceRule({
    id: "HELM-003",
    title: "No credential is handed to a chart",
    severity: "critical",
    source: "OpenTofu, ephemerality; Helm provider, set_sensitive",
    why: "What is handed to a chart is in the plan, the state and the release's own secret.",
    want: "no set_sensitive, no repository_password, no value called password, token or secret key",
    fix: "let the chart read an existing secret, which External Secrets fills",
    judges: ["helm_release"],
    check: ({ attributes }) => [
      ...["set_sensitive", "set_wo", "repository_password"]
        .filter((name) => isSet(attributes[name]))
        .map((got) => ({ got })),
      ...blocks(attributes["set"])
        .filter(({ name }) => /(password|token|secret-?key|apikey)$/i.test(String(name)))
        .map(({ name }) => ({ got: `set ${shown(name)}` })),
      ...texts(attributes["values"]).flatMap((text) =>
        [...text.matchAll(/"(\w*(?:[pP]assword|apiKey|secretKey))":"[^"]+"/g)].map(([, name]) => ({
          got: `value ${shown(name)}`,
        })),
      ),
    ],
    fails: one("helm_release", { set: [{ name: "adminPassword", value: "${var.password}" }] }),
    passes: one("helm_release", { values: ['{"admin":{"existingSecret":"grafana"}}'] }),
  }),
];

/** Resources through which rights are won: credentials, pods and whatever makes pods, and RBAC itself. */
const DANGEROUS =
  /^(secrets|pods|pods\/exec|pods\/attach|pods\/portforward|pods\/ephemeralcontainers|serviceaccounts|serviceaccounts\/token|deployments|daemonsets|statefulsets|replicasets|jobs|cronjobs|persistentvolumes|roles|rolebindings|clusterroles|clusterrolebindings|nodes\/proxy|certificatesigningrequests\/approval|(validating|mutating)webhookconfigurations)$/;
