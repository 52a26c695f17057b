import { credentialIn, isSecretName } from "../credentials";
import {
  asNumber,
  asText,
  at,
  blocks,
  isFalse,
  isNotTrue,
  isSet,
  recordAt,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { ARGO_CD_FINALIZER } from "../rule/argo-application";
import { deliverable, isTeams, kindOf, namespacesOf } from "../rule/delivered-kinds";
import { isNaming } from "../rule/network-policy";
import { aText, fields, holding, is, someOf } from "../rule/shape";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject, type Violation } from "../rule/rule";

const POD_SECURITY = "pod-security.kubernetes.io";

/** API versions that Kubernetes no longer serves. */
const GONE =
  /^(extensions\/v1beta1|apps\/v1beta[12]|batch\/(v1beta1|v2alpha1)|policy\/v1beta1|networking\.k8s\.io\/v1beta1|rbac\.authorization\.k8s\.io\/v1(alpha|beta)1|autoscaling\/v2beta[12]|flowcontrol\.apiserver\.k8s\.io\/v1beta\d)$/;

const manifest = (kind: string, spec: Attributes, metadata: Attributes = { name: "orders" }): object => ({
  kind,
  metadata,
  spec,
});

/** Kinds that stay until what they brought, or what needs them, is gone. */
const FINALIZED = ["AppProject", "Application"];

/** Names that a unit may give: a service's begin with its own, so that it replaces nothing its namespace has already. */
function isOwnName(unit: string, name: unknown): boolean {
  return name === unit || asText(name).startsWith(`${unit}-`);
}

/** Whether an entry of this name would hold a secret, also where its parts are written as one word. */
function namesSecret(name: string): boolean {
  return isSecretName(name) || /(password|secret|token)$/i.test(name);
}

/** Where a unit may deliver to. */
function isOwnNamespace(subject: ManifestSubject, namespace: unknown): boolean {
  return namespacesOf(subject).includes(asText(namespace));
}

function isClusterWide(subject: ManifestSubject): boolean {
  return deliverable(subject).clusterWide.includes(kindOf(subject.manifest));
}

function foreign(keys: readonly string[], isKnown: (key: string) => boolean, what: string): readonly Violation[] {
  return keys.filter((key) => !isKnown(key)).map((key) => ({ got: `${what} ${key}` }));
}

/** Rules on what is handed to Argo CD, and by whom. */
export const deliveryRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-DLV-001",
    title: "No secret is delivered through Git",
    severity: "critical",
    source: "CIS EKS 1.8 4.4.2; EKS Best Practices, data encryption and secrets management",
    why: "What is in Git is there for ever, and is read by everybody; base64 hides nothing.",
    want: "no Secret, and no credential and no binaryData in a ConfigMap",
    fix: "declare the secret in the service file; External Secrets brings it",
    judges: ["Secret", "ConfigMap"],
    check: (subject) => {
      if (subject.kind === "Secret") return [{ got: "a Secret" }];
      return [
        ...Object.entries(recordAt(subject.manifest, "data"))
          .filter(([name, value]) => credentialIn(asText(value)) !== undefined || namesSecret(name))
          .map(([name]) => ({ got: `${name} in a ConfigMap` })),
        ...unless(!isSet(subject.manifest["binaryData"]), "binaryData, into which no rule looks"),
      ];
    },
    fails: [{ kind: "Secret", metadata: { name: "orders" } }],
    passes: [{ kind: "ConfigMap", metadata: { name: "orders" }, data: { LOG_LEVEL: "info" } }],
  }),
  manifestRule({
    id: "K8S-DLV-002",
    title: "A unit delivers kinds that it is listed with, and nothing that gives rights",
    severity: "high",
    source: "CIS EKS 1.8 4.1.2 to 4.1.12; Argo CD, projects",
    why: "Whoever delivers a binding, a webhook or a resource of the cluster rules more than a service.",
    want: "the kinds, each of its group, that the lists have for services, for the platform and for the applications; no list of objects as one",
    fix: "use the golden path's options; a kind that golden paths or the platform begin to deliver is listed in packages/policy/src/rule/delivered-kinds.ts and in its project of Argo CD",
    judges: ["*"],
    check: (subject) => {
      const { namespaced, clusterWide } = deliverable(subject);
      const kind = kindOf(subject.manifest);
      return unless([...namespaced, ...clusterWide].includes(kind), `${kind} in the unit ${subject.unit}`);
    },
    fails: [{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: { name: "orders" } }],
    passes: [{ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: { name: "orders" } }],
  }),
  manifestRule({
    id: "K8S-DLV-003",
    title: "Everything is delivered to a namespace that is said, and a team's to its own",
    severity: "high",
    source: "CIS EKS 1.8 4.5.1, 4.5.2; NSA 1.12; KSV-0037; CKV_K8S_21",
    why: "What lands elsewhere stands outside every border, and replaces what is called like it.",
    want: "of a service its own namespace and names that begin with its own; of the platform one of the namespaces it delivers to; of the applications argocd, and of Kustomizations flux-system",
    fix: "leave it as the golden path sets it; the platform's namespaces are listed in packages/policy/src/rule/delivered-kinds.ts",
    judges: ["*"],
    appliesTo: (subject) => subject.kind === "Namespace" || !isClusterWide(subject),
    check: (subject) => {
      const [name, namespace] = ["name", "namespace"].map((key) => at(subject.manifest, `metadata.${key}`));
      if (subject.kind === "Namespace") return unless(isOwnNamespace(subject, name), `the namespace ${shown(name)}`);
      return [
        ...unless(!isTeams(subject) || isOwnName(subject.unit, name), `the name ${shown(name)}`),
        ...unless(isOwnNamespace(subject, namespace), `namespace is ${shown(namespace)}`),
      ];
    },
    fails: [{ kind: "Service", metadata: { name: "orders", namespace: "default" } }],
    passes: [{ kind: "Service", metadata: { name: "orders", namespace: "orders" } }],
  }),
  manifestRule({
    id: "K8S-DLV-004",
    title: "A namespace that is delivered says which pods it admits, and gives them no token",
    severity: "high",
    source: "Pod Security admission; CIS EKS 1.8 4.1.5, 4.2.1 to 4.2.5; EKS Best Practices, pod security",
    why: "Without the labels a pod with all rights of the node is admitted; one that names no account gets the default one's token.",
    want: "enforce, audit and warn of restricted, each with a version, and a ServiceAccount default without its token",
    fix: "leave it as the platform makes it",
    judges: ["Namespace"],
    check: ({ manifest: written, siblings }) => {
      const set = recordAt(written, "metadata.labels");
      const name = at(written, "metadata.name");
      const silent = siblings("ServiceAccount").some(
        ({ manifest: account }) =>
          at(account, "metadata.name") === "default" &&
          at(account, "metadata.namespace") === name &&
          isFalse(account["automountServiceAccountToken"]),
      );
      return [
        ...["enforce", "audit", "warn"].flatMap((mode) => [
          ...unless(
            set[`${POD_SECURITY}/${mode}`] === "restricted",
            `${mode} is ${shown(set[`${POD_SECURITY}/${mode}`])}`,
          ),
          ...unless(/^v1\.\d+$/.test(asText(set[`${POD_SECURITY}/${mode}-version`])), `${mode}-version is not said`),
        ]),
        ...unless(silent, "no ServiceAccount default without its token"),
      ];
    },
    fails: [{ kind: "Namespace", metadata: { name: "gateway", labels: { [`${POD_SECURITY}/enforce`]: "baseline" } } }],
    passes: [
      {
        kind: "Namespace",
        metadata: {
          name: "gateway",
          labels: Object.fromEntries(
            ["enforce", "audit", "warn"].flatMap((mode) => [
              [`${POD_SECURITY}/${mode}`, "restricted"],
              [`${POD_SECURITY}/${mode}-version`, "v1.36"],
            ]),
          ),
        },
      },
      {
        kind: "ServiceAccount",
        metadata: { name: "default", namespace: "gateway" },
        automountServiceAccountToken: false,
      },
    ],
  }),
  manifestRule({
    id: "K8S-DLV-005",
    title: "A service reads its own secrets alone, and reads them again",
    severity: "high",
    source: "CIS EKS 1.8 4.4.2; External Secrets, multi-tenancy",
    why: "The store can read the secrets of every service of the environment: the name decides.",
    want: "keys paved/<environment>/<service>/…, all of the platform's store, and a refreshInterval that is not 0",
    fix: "declare the secret in the service file",
    judges: ["ExternalSecret"],
    check: ({ manifest: written, environment, unit }) => {
      const own = `paved/${environment.name}/${unit}/`;
      const keys = blocks(at(written, "spec.data")).map((each) => at(each, "remoteRef.key"));
      const refresh = at(written, "spec.refreshInterval");
      return [
        ...keys.filter((key) => !asText(key).startsWith(own)).map((key) => ({ got: `key ${shown(key)}` })),
        ...unless(!isSet(at(written, "spec.dataFrom")), "dataFrom"),
        ...unless(!blocks(at(written, "spec.data")).some(({ sourceRef }) => isSet(sourceRef)), "sourceRef"),
        ...unless(at(written, "spec.secretStoreRef.kind") === "ClusterSecretStore", "a store of its own"),
        ...unless(isSet(refresh) && !asText(refresh).startsWith("0"), `refreshInterval is ${shown(refresh)}`),
      ];
    },
    fails: [manifest("ExternalSecret", { data: [{ remoteRef: { key: "paved/production/payments/stripe" } }] })],
    passes: [
      manifest("ExternalSecret", {
        refreshInterval: "1h",
        secretStoreRef: { kind: "ClusterSecretStore", name: "secrets-manager" },
        data: [{ remoteRef: { key: "paved/production/orders/stripe" } }],
      }),
    ],
  }),
  manifestRule({
    id: "K8S-DLV-006",
    title: "What reads secrets and queues for others does so under its own identity",
    severity: "critical",
    source: "EKS Best Practices, identity and access management; KEDA, authentication; External Secrets, AWS provider",
    why: "A static key in a Secret works from anywhere until somebody finds it.",
    want: "of a store Secrets Manager of the environment's region without auth or another role, and of a trigger's authentication podIdentity aws alone",
    fix: "let the add-on use its WorkloadIdentity",
    judges: ["ClusterSecretStore", "SecretStore", "ClusterTriggerAuthentication", "TriggerAuthentication"],
    check: ({ kind, manifest: written, environment }) => {
      const aws = { service: is("SecretsManager"), region: is(environment.region) };
      const store = fields({ provider: fields({ aws: fields(aws) }, "aws") }, "provider");
      const authentication = fields({ podIdentity: fields({ provider: is("aws") }, "provider") }, "podIdentity");
      return (kind.endsWith("SecretStore") ? store : authentication)(written["spec"], "");
    },
    fails: [manifest("ClusterTriggerAuthentication", { secretTargetRef: [{ name: "aws" }] })],
    passes: [manifest("ClusterTriggerAuthentication", { podIdentity: { provider: "aws" } })],
  }),
  manifestRule({
    id: "K8S-DLV-010",
    title: "A certificate says who its service is, and nobody else",
    severity: "critical",
    source: "cert-manager, policy for Certificate resources; SPIFFE X.509-SVID",
    why: "A certificate with another's name, or one that signs others, is trusted by every service of the environment.",
    want: "names of its own namespace alone, no isCA, the platform's issuer, and a new key within 90 days",
    fix: "ask for mutualTls, and leave the certificate as the golden path makes it",
    judges: ["Certificate"],
    appliesTo: isTeams,
    check: ({ manifest: written, unit }) => {
      const hours = /^(\d+)h/.exec(asText(at(written, "spec.duration")))?.[1];
      const names = [...texts(at(written, "spec.dnsNames")), at(written, "spec.commonName")].filter(isSet).map(asText);
      const uris = texts(at(written, "spec.uris"));
      return [
        ...unless(isNotTrue(at(written, "spec.isCA")), "isCA true"),
        ...names
          .filter((name) => !name.endsWith(`.${unit}.svc.cluster.local`))
          .map((name) => ({ got: `name ${name}` })),
        ...uris.filter((uri) => !uri.includes(`/ns/${unit}/sa/`)).map((uri) => ({ got: `name ${uri}` })),
        ...unless(
          at(written, "spec.issuerRef.name") === "paved-services",
          `issuer ${shown(at(written, "spec.issuerRef.name"))}`,
        ),
        ...unless(asNumber(hours) <= 90 * 24, `duration is ${shown(at(written, "spec.duration"))}`),
        ...unless(at(written, "spec.privateKey.rotationPolicy") === "Always", "a key that stays"),
      ];
    },
    fails: [manifest("Certificate", { dnsNames: ["payments.payments.svc.cluster.local"], isCA: true })],
    passes: [
      manifest("Certificate", {
        dnsNames: ["orders.orders.svc.cluster.local"],
        issuerRef: { kind: "ClusterIssuer", name: "paved-services" },
        duration: "720h0m0s",
        privateKey: { rotationPolicy: "Always" },
      }),
    ],
  }),
  manifestRule({
    id: "K8S-DLV-011",
    title: "What is delivered says what it is in its spec, and orders nobody about beside it",
    severity: "high",
    source:
      "Argo CD, sync options, hooks and compare options; Flux, Kustomization, per-object controls; External DNS, annotations; cert-manager, annotations",
    why: "An annotation has Argo CD force, skip or forget, and others make names and certificates, past every rule on a spec.",
    want: "of metadata a name, a namespace and labels; no annotation but paved.dev/…, no label of Argo CD or Flux, and no finalizer but Argo CD's own, of an Application or an AppProject",
    fix: "leave metadata as the golden path makes it",
    judges: ["*"],
    check: ({ kind, manifest: written }) => {
      const metadata = recordAt(written, "metadata");
      const within = (part: string) => Object.keys(recordAt(metadata, part));
      const known = ["name", "namespace", "labels", "annotations", ...(FINALIZED.includes(kind) ? ["finalizers"] : [])];
      return [
        ...foreign(Object.keys(metadata), (key) => known.includes(key), "metadata"),
        ...foreign(texts(metadata["finalizers"]), (name) => name === ARGO_CD_FINALIZER, "the finalizer"),
        ...foreign(within("annotations"), (key) => key.startsWith("paved.dev/"), "the annotation"),
        ...foreign(within("labels"), (key) => !/(^|\.)(argoproj|fluxcd)\.io\//.test(key), "the label"),
      ];
    },
    fails: [
      manifest("Deployment", {}, { name: "orders", annotations: { "argocd.argoproj.io/sync-options": "Force=true" } }),
    ],
    passes: [manifest("Deployment", {}, { name: "orders", labels: { "app.kubernetes.io/name": "orders" } })],
  }),
  manifestRule({
    id: "K8S-DLV-012",
    title: "A monitor reads figures of the service's own pods, and shows nobody Prometheus's credentials",
    severity: "high",
    source: "Prometheus Operator, ServiceMonitor and PodMonitor; security of arbitrary file system access",
    why: "Prometheus reads what monitors say, wherever that is, with whichever file of its own they name.",
    want: "a selector by labels, and of every endpoint a port, a path and an interval",
    fix: "leave the monitor as the golden path makes it",
    judges: ["ServiceMonitor", "PodMonitor"],
    check: ({ kind, manifest: written }) => {
      const endpoint = fields({ port: aText, path: aText, interval: aText }, "port");
      const endpoints = kind === "ServiceMonitor" ? "endpoints" : "podMetricsEndpoints";
      const known = { selector: holding(isNaming), [endpoints]: someOf(endpoint) };
      return fields(known, ...Object.keys(known))(written["spec"], "");
    },
    fails: [
      manifest("ServiceMonitor", {
        selector: { matchLabels: { "app.kubernetes.io/name": "orders" } },
        endpoints: [{ port: "http", bearerTokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token" }],
      }),
    ],
    passes: [
      manifest("ServiceMonitor", {
        selector: { matchLabels: { "app.kubernetes.io/name": "orders" } },
        endpoints: [{ port: "http", path: "/metrics", interval: "30s" }],
      }),
    ],
  }),
  manifestRule({
    id: "K8S-DLV-009",
    title: "A manifest is of a version that the cluster serves",
    severity: "medium",
    source: "Kubernetes, deprecated API migration guide; Security Hub EKS.2 by reach",
    why: "A version that is gone is refused on the day of the upgrade, in the middle of it.",
    want: "an apiVersion that is still served",
    fix: "use the current version of the kind",
    judges: ["*"],
    check: ({ manifest: written }) =>
      unless(!GONE.test(asText(written["apiVersion"])), `apiVersion is ${shown(written["apiVersion"])}`),
    fails: [
      { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", metadata: { name: "orders", namespace: "orders" } },
    ],
    passes: [
      { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "orders", namespace: "orders" } },
    ],
  }),
];
