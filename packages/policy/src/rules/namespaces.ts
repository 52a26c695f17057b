import { attributeRule, one } from "../rule/attribute-rule";
import { at, blocks, isFalse, isSet, isTrue, shown, texts, unless } from "../rule/attributes";
import { inManifestNames, wideRules } from "../rule/network-policy";
import { type Attributes, type ResourceRule, resourceRule, type Resources, type ResourceSubject } from "../rule/rule";

const NAMESPACE = "kubernetes_namespace_v1";
const MODES = ["enforce", "audit", "warn"];

/** Resources of a type that are in this namespace. */
function within(namespace: ResourceSubject, type: string): readonly ResourceSubject[] {
  const name = at(namespace.attributes, "metadata.name");
  return namespace.siblings(type).filter(({ attributes }) => {
    const place = String(at(attributes, "metadata.namespace") ?? "");
    return place === name || place.includes(`${namespace.address}.metadata`);
  });
}

/** Whether a namespace is of one of the platform's add-ons, which bring their own borders: its stack makes those alone. */
function isPlatforms({ attributes, environment, stack }: ResourceSubject): boolean {
  const set = labels(attributes);
  const isUnowned = set["paved.dev/owner"] === "platform" && set["paved.dev/service"] === undefined;
  return isUnowned && stack === `${environment.name}-platform`;
}

/** Namespaces whose pods may do everything to their node, each with what for. */
const PRIVILEGED: ReadonlyMap<string, string> = new Map([
  ["monitoring", "the node exporter reads the nodes' own figures"],
  ["pod-logs", "what pods write is on the nodes' disks"],
]);

function labels(attributes: Attributes): Attributes {
  return blocks(at(attributes, "metadata.labels"))[0] ?? {};
}

/** A namespace of a service with another resource in it, for examples. */
function withIn(type: string, attributes: Attributes): Resources {
  return {
    ...restricted({}),
    [type]: {
      example: { metadata: { namespace: "${kubernetes_namespace_v1.example.metadata[0].name}" }, ...attributes },
    },
  };
}

function restricted(more: Attributes): Resources {
  const security = MODES.flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, "restricted"],
    [`pod-security.kubernetes.io/${mode}-version`, "v1.36"],
  ]);
  return one(NAMESPACE, { metadata: { name: "orders", labels: { ...Object.fromEntries(security), ...more } } });
}

/** References to a namespace of the same stack, and to the one that services make their databases' users in. */
const OWN_NAMESPACE =
  /^\$\{(kubernetes_namespace_v1\.[\w-]+\.metadata\[0\]\.name|jsondecode\(data\.aws_ssm_parameter\.[\w-]+\.insecure_value\)\.databaseAccessNamespace)\}$/;

/** Types that modules make, and whether what they make has a namespace. */
const MADE: ReadonlyMap<string, boolean> = new Map([
  ["kubernetes_config_map_v1", true],
  ["kubernetes_limit_range_v1", true],
  ["kubernetes_namespace_v1", false],
  ["kubernetes_network_policy_v1", true],
  ["kubernetes_resource_quota_v1", true],
  ["kubernetes_role_binding_v1", true],
  ["kubernetes_role_v1", true],
  ["kubernetes_service_account_v1", true],
  ["kubernetes_storage_class_v1", false],
]);

/** Rules on what the platform makes inside a cluster: namespaces, and their borders. */
export const namespaceRules: readonly ResourceRule[] = [
  resourceRule({
    id: "K8S-NS-001",
    title: "A namespace says which pods it admits",
    severity: "high",
    source: "Pod Security admission; CIS EKS 1.8 4.2.1 to 4.2.5",
    why: "Without the labels a pod with all rights of the node is admitted.",
    want: `enforce, audit and warn of restricted with a version; enforce privileged only in ${[...PRIVILEGED].map(([name, why]) => `${name} (${why})`).join(" and ")}`,
    fix: "make the namespace with Namespace",
    judges: [NAMESPACE],
    check: (subject) => {
      const set = labels(subject.attributes);
      const name = String(at(subject.attributes, "metadata.name"));
      const weaker = isPlatforms(subject) && PRIVILEGED.has(name) ? ["privileged"] : [];
      return MODES.flatMap((mode) => {
        const level = set[`pod-security.kubernetes.io/${mode}`];
        const version = set[`pod-security.kubernetes.io/${mode}-version`];
        const levels = ["restricted", ...(mode === "enforce" ? weaker : [])];
        return [
          ...unless(levels.includes(String(level)), `${mode} is ${shown(level)}`),
          ...unless(/^v1\.\d+$/.test(String(version)), `${mode}-version is ${shown(version)}`),
        ];
      });
    },
    fails: one(NAMESPACE, { metadata: { name: "orders" } }),
    passes: restricted({}),
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
    check: (subject) => {
      if (isPlatforms(subject)) return [];
      const closed = within(subject, "kubernetes_network_policy_v1").some(({ attributes }) => {
        const spec = blocks(attributes["spec"])[0] ?? {};
        const types = texts(spec["policy_types"]);
        const open = isSet(spec["ingress"]) || isSet(spec["egress"]);
        const all = Object.keys(blocks(spec["pod_selector"])[0] ?? {}).length === 0;
        return types.includes("Ingress") && types.includes("Egress") && all && !open;
      });
      return unless(closed, "no policy that refuses all");
    },
    fails: restricted({}),
    passes: withIn("kubernetes_network_policy_v1", { spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] } }),
  }),
  resourceRule({
    id: "K8S-NS-003",
    title: "A namespace cannot use up its cluster",
    severity: "medium",
    source: "NSA 4.0, 4.1; EKS Best Practices, multi-tenancy",
    why: "One faulty release otherwise takes the memory of all.",
    want: "a quota of pods and memory, one of no load balancers and node ports, and defaults for containers, in every namespace of a service",
    fix: "make the namespace with Namespace",
    judges: [NAMESPACE],
    check: (subject) => {
      if (isPlatforms(subject)) return [];
      const hard = within(subject, "kubernetes_resource_quota_v1").map(({ attributes }) => at(attributes, "spec.hard"));
      const quota = Object.assign({}, ...blocks(hard)) as Attributes;
      const none = ["services.loadbalancers", "services.nodeports"];
      return [
        ...["pods", "requests.memory", "limits.memory", ...none]
          .filter((limit) => !Object.hasOwn(quota, limit))
          .map((limit) => ({ got: `no quota of ${limit}` })),
        ...none
          .filter((limit) => Object.hasOwn(quota, limit) && String(quota[limit]) !== "0")
          .map((limit) => ({ got: `a quota of ${shown(quota[limit])} ${limit}` })),
        ...unless(within(subject, "kubernetes_limit_range_v1").length > 0, "no kubernetes_limit_range_v1"),
      ];
    },
    fails: restricted({ "paved.dev/service": "orders" }),
    passes: {
      ...withIn("kubernetes_limit_range_v1", {}),
      ...withIn("kubernetes_resource_quota_v1", {
        spec: {
          hard: {
            pods: "60",
            "requests.memory": "64Gi",
            "limits.memory": "64Gi",
            "services.loadbalancers": "0",
            "services.nodeports": "0",
          },
        },
      }),
    },
  }),
  resourceRule({
    id: "K8S-NS-011",
    title: "OpenTofu makes of a cluster what is listed, in namespaces that are its own",
    severity: "critical",
    source: "Kubernetes provider, resources; CIS EKS 1.8 4.1.1, 4.5.1; decision 0007",
    why: "A binding of the whole cluster, a webhook or a Service of another namespace rules more than what stands in this stack.",
    want: "kinds of the list, in a namespace of the same stack or of a contract",
    fix: "let Argo CD deliver it; a type that modules begin to make is listed in packages/policy/src/rules/namespaces.ts, with rules on it",
    judges: ["kubernetes_*"],
    check: ({ type, attributes, siblings }) => {
      const place = at(attributes, "metadata.namespace");
      const own = siblings(NAMESPACE).map((each) => at(each.attributes, "metadata.name"));
      const isElsewhere = isSet(place) && !OWN_NAMESPACE.test(String(place)) && !own.includes(place);
      return [
        ...unless(MADE.has(type), type),
        ...unless(!MADE.get(type) || isSet(place), "no namespace"),
        ...unless(!isElsewhere, `namespace is ${shown(place)}`),
      ];
    },
    fails: one("kubernetes_cluster_role_binding_v1", { metadata: { name: "orders" } }),
    passes: withIn("kubernetes_config_map_v1", { data: { AWS_REGION: "eu-west-1" } }),
  }),
  attributeRule({
    id: "K8S-NS-004",
    title: "A service account gives no pod its token unasked",
    severity: "medium",
    source: "CIS EKS 1.8 4.1.6; CKV_K8S_38; NSA 1.11",
    why: "A token in every pod is a way to the API for whoever gets into one.",
    want: "automount_service_account_token false",
    fix: "make the service account with Namespace",
    type: "kubernetes_service_account_v1",
    demands: { automount_service_account_token: isFalse },
    fails: { metadata: { name: "orders" } },
    passes: { automount_service_account_token: false },
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
    check: ({ type }) => (type.startsWith("kubernetes_pod_disruption_budget") ? [] : [{ got: type }]),
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
    want: "ports and peers in every rule, each by name: pods of a named namespace, a subnet, or the pod identity agent; policy_types that are said",
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
      spec: { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}] },
    }),
    passes: one("kubernetes_network_policy_v1", {
      spec: {
        policy_types: ["Egress"],
        egress: [{ to: [{ ip_block: { cidr: "169.254.170.23/32" } }], ports: [{ port: "80" }] }],
      },
    }),
  }),
];
