import { isOwnNamespace, publishedFact } from "../rule/own";
import { one } from "../rule/attribute-rule";
import {
  asNumber,
  asText,
  at,
  blocks,
  demand,
  isFalse,
  isSet,
  isTrue,
  recordAt,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { isDeliveryAccount } from "../rule/delivery-account";
import { defaultFaults, quotaFaults } from "../rule/limits";
import { inManifestNames, wideRules } from "../rule/network-policy";
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
  return asNumber(/^v1\.(\d+)$/.exec(asText(version))?.[1]) >= OLDEST_MINOR;
}

const MODES = ["enforce", "audit", "warn"];

/** Resources of a type that are in this namespace. */
function within(namespace: ResourceSubject, type: string): readonly ResourceSubject[] {
  const name = at(namespace.attributes, "metadata.name");
  return namespace.siblings(type).filter(({ attributes }) => {
    const place = asText(at(attributes, "metadata.namespace") ?? "");
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

/** Namespaces whose pods may do everything to their node, each with what for. */
const PRIVILEGED: ReadonlyMap<string, string> = new Map([
  ["monitoring", "the node exporter reads the nodes' own figures"],
  ["pod-logs", "what pods write is on the nodes' disks"],
]);

function labels(attributes: Attributes): Attributes {
  return recordAt(attributes, "metadata.labels");
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

/** Types of what stands in no namespace. */
const OF_THE_CLUSTER = [NAMESPACE, "kubernetes_storage_class_v1"];

/** Rules on what the platform makes inside a cluster: namespaces, and their borders. */
export const namespaceRules: readonly ResourceRule[] = [
  resourceRule({
    id: "K8S-NS-001",
    title: "A namespace says which pods it admits",
    severity: "high",
    source: "Pod Security admission; CIS EKS 1.8 4.2.1 to 4.2.5",
    why: "Without the labels a pod with all rights of the node is admitted.",
    want: `enforce, audit and warn of restricted with a version, v1.${OLDEST_MINOR} or later; enforce privileged only in ${[...PRIVILEGED].map(([name, why]) => `${name} (${why})`).join(" and ")}`,
    fix: "make the namespace with Namespace",
    judges: [NAMESPACE],
    check: (subject) => {
      const set = labels(subject.attributes);
      const name = asText(at(subject.attributes, "metadata.name"));
      const weaker = isPlatforms(subject) && PRIVILEGED.has(name) ? ["privileged"] : [];
      return MODES.flatMap((mode) => {
        const level = set[`pod-security.kubernetes.io/${mode}`];
        const version = set[`pod-security.kubernetes.io/${mode}-version`];
        const levels = ["restricted", ...(mode === "enforce" ? weaker : [])];
        return [
          ...unless(levels.includes(asText(level)), `${mode} is ${shown(level)}`),
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
    id: "K8S-NS-011",
    title: "OpenTofu makes things in namespaces that are its own",
    severity: "critical",
    source: "Kubernetes provider, resources; CIS EKS 1.8 4.1.1, 4.5.1; decision 0007",
    why: "A border, an account or a setting in another namespace is put past whoever owns that.",
    want: "a namespace of the same stack or of a contract; in that of what delivers, the account deliver-<service> where that is Flux, and nothing else",
    fix: "let what delivers there deliver it, or make it in the stack that makes the namespace",
    judges: ["kubernetes_*"],
    appliesTo: ({ type }) => !OF_THE_CLUSTER.includes(type),
    check: (subject) => {
      const { attributes, siblings } = subject;
      const place = at(attributes, "metadata.namespace");
      const own = siblings(NAMESPACE).map((each) => at(each.attributes, "metadata.name"));
      const isOwn =
        isSet(place) &&
        (isOwnNamespace(place) ||
          publishedFact(place) === "databaseAccessNamespace" ||
          (publishedFact(place) === "argoCdNamespace" && isDeliveryAccount(subject)) ||
          own.includes(place));
      return unless(isOwn, `namespace is ${shown(place)}`);
    },
    fails: one("kubernetes_config_map_v1", { metadata: { name: "orders", namespace: "kube-system" } }),
    passes: withIn("kubernetes_config_map_v1", { data: { AWS_REGION: "eu-west-1" } }),
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
    want: "ports and peers in every rule, each by name: pods of a named namespace, a range of the last quarter of the environment's network, where no pods are, or the pod identity agent; policy_types that are said",
    fix: "name who may speak with allowFrom",
    judges: ["kubernetes_network_policy_v1"],
    check: ({ attributes, environment }) => {
      const spec = inManifestNames(blocks(attributes["spec"])[0]);
      const owner = { cidr: environment.cidr, mayReachAll: false };
      const types = texts(at(spec, "policyTypes"));
      return [
        ...wideRules(spec, "ingress", owner),
        ...wideRules(spec, "egress", owner),
        ...unless(types.includes("Ingress") || types.includes("Egress"), `policy_types ${shown(types)}`),
      ];
    },
    fails: one("kubernetes_network_policy_v1", {
      spec: { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}, { from: [{ ip_block: { cidr: "::/0" } }] }] },
    }),
    passes: one("kubernetes_network_policy_v1", {
      spec: {
        policy_types: ["Egress"],
        egress: [{ to: [{ ip_block: { cidr: "169.254.170.23/32" } }], ports: [{ port: "80" }] }],
      },
    }),
  }),
];
