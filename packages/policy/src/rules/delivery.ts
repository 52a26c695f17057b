import { credentialIn } from "../credentials";
import { at, blocks, isFalse, isRecord, isSet, isTrue, shown, texts, unless } from "../rule/attributes";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject } from "../rule/rule";

const POD_SECURITY = "pod-security.kubernetes.io";

/** Kinds that a team delivers: those of its Argo CD project. */
const TEAM_KINDS = new Set([
  "Certificate",
  "ConfigMap",
  "CronJob",
  "Deployment",
  "ExternalSecret",
  "GRPCRoute",
  "HTTPRoute",
  "HorizontalPodAutoscaler",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "PodMonitor",
  "PrometheusRule",
  "ScaledObject",
  "Service",
  "ServiceMonitor",
  "TargetGroupConfiguration",
]);

/** Kinds that have no namespace. */
const CLUSTER_WIDE = new Set([
  "ClusterIssuer",
  "GatewayClass",
  "ClusterSecretStore",
  "ClusterTriggerAuthentication",
  "Namespace",
]);

/** API versions that Kubernetes no longer serves. */
const GONE =
  /^(extensions\/v1beta1|apps\/v1beta[12]|batch\/(v1beta1|v2alpha1)|policy\/v1beta1|networking\.k8s\.io\/v1beta1|rbac\.authorization\.k8s\.io\/v1(alpha|beta)1|autoscaling\/v2beta[12]|flowcontrol\.apiserver\.k8s\.io\/v1beta\d)$/;

const isTeams = ({ unit }: ManifestSubject): boolean => unit !== "platform" && unit !== "_argocd";

const manifest = (kind: string, spec: Attributes, metadata: Attributes = { name: "orders" }): object => ({
  kind,
  metadata,
  spec,
});

/** Texts that stand for everything. */
const wild = (value: unknown): boolean => texts(value).some((text) => text.includes("*"));

/** Rules on what is handed to Argo CD, and by whom. */
export const deliveryRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-DLV-001",
    title: "No secret is delivered through Git",
    severity: "critical",
    source: "CIS EKS 1.8 4.4.2; EKS Best Practices, data encryption and secrets management",
    why: "What is in Git is there for ever, and is read by everybody; base64 hides nothing.",
    want: "no Secret, and no credential in a ConfigMap",
    fix: "declare the secret in the service file; External Secrets brings it",
    judges: ["Secret", "ConfigMap"],
    check: (subject) => {
      if (subject.kind === "Secret") return [{ got: "a Secret" }];
      const data = subject.manifest["data"];
      return Object.entries(isRecord(data) ? data : {})
        .filter(([name, value]) => credentialIn(String(value)) !== undefined || /(password|secret|token)$/i.test(name))
        .map(([name]) => ({ got: `${name} in a ConfigMap` }));
    },
    fails: [{ kind: "Secret", metadata: { name: "orders" } }],
    passes: [{ kind: "ConfigMap", metadata: { name: "orders" }, data: { LOG_LEVEL: "info" } }],
  }),
  manifestRule({
    id: "K8S-DLV-002",
    title: "A team delivers what its golden path makes, and nothing that gives rights",
    severity: "high",
    source: "CIS EKS 1.8 4.1.2 to 4.1.12; Argo CD, projects",
    why: "Whoever delivers a binding, a webhook or a resource of the cluster rules more than a service.",
    want: "the kinds that the team's project allows",
    fix: "use the golden path's options; ask the platform for what a cluster shares",
    judges: ["*"],
    appliesTo: isTeams,
    check: ({ kind }) => unless(TEAM_KINDS.has(kind), `${kind} of a team`),
    fails: [{ kind: "ClusterRoleBinding", metadata: { name: "orders" } }],
    passes: [{ kind: "HTTPRoute", metadata: { name: "orders", namespace: "orders" } }],
  }),
  manifestRule({
    id: "K8S-DLV-003",
    title: "Everything is delivered to a namespace that is said, and a team's to its own",
    severity: "high",
    source: "CIS EKS 1.8 4.5.1, 4.5.2; NSA 1.12; KSV-0037; CKV_K8S_21",
    why: "What lands in default or in kube-system stands outside every border.",
    want: "metadata.namespace, of a service its own, never default or kube-…",
    fix: "leave it as the golden path sets it",
    judges: ["*"],
    appliesTo: ({ kind }) => !CLUSTER_WIDE.has(kind),
    check: (subject) => {
      const namespace = at(subject.manifest, "metadata.namespace");
      const right = isTeams(subject)
        ? namespace === subject.unit
        : isSet(namespace) && !/^(default|kube-.*)$/.test(String(namespace));
      return unless(right, `namespace is ${shown(namespace)}`);
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
      const labels = at(written, "metadata.labels");
      const set = isRecord(labels) ? labels : {};
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
          ...unless(/^v1\.\d+$/.test(String(set[`${POD_SECURITY}/${mode}-version`])), `${mode}-version is not said`),
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
    want: "keys paved/<environment>/<service>/…, of the platform's store, and a refreshInterval that is not 0",
    fix: "declare the secret in the service file",
    judges: ["ExternalSecret"],
    check: ({ manifest: written, environment, unit }) => {
      const own = `paved/${environment.name}/${unit}/`;
      const keys = blocks(at(written, "spec.data")).map((each) => at(each, "remoteRef.key"));
      const refresh = at(written, "spec.refreshInterval");
      return [
        ...keys.filter((key) => !String(key).startsWith(own)).map((key) => ({ got: `key ${shown(key)}` })),
        ...unless(!isSet(at(written, "spec.dataFrom")), "dataFrom"),
        ...unless(at(written, "spec.secretStoreRef.kind") === "ClusterSecretStore", "a store of its own"),
        ...unless(isSet(refresh) && !String(refresh).startsWith("0"), `refreshInterval is ${shown(refresh)}`),
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
    want: "no auth.secretRef in a store, and podIdentity in a trigger's authentication",
    fix: "let the add-on use its WorkloadIdentity",
    judges: ["ClusterSecretStore", "SecretStore", "ClusterTriggerAuthentication", "TriggerAuthentication"],
    check: ({ kind, manifest: written }) =>
      kind.endsWith("SecretStore")
        ? unless(!isSet(at(written, "spec.provider.aws.auth.secretRef")), "auth.secretRef")
        : [
            ...unless(isSet(at(written, "spec.podIdentity.provider")), "no podIdentity"),
            ...unless(!isSet(at(written, "spec.secretTargetRef")), "secretTargetRef"),
          ],
    fails: [manifest("ClusterTriggerAuthentication", { secretTargetRef: [{ name: "aws" }] })],
    passes: [manifest("ClusterTriggerAuthentication", { podIdentity: { provider: "aws" } })],
  }),
  manifestRule({
    id: "K8S-DLV-007",
    title: "A project of Argo CD ends where the team's services end",
    severity: "critical",
    source: "Argo CD, projects and security; CIS EKS 1.8 4.5.1",
    why: "Argo CD may do everything: what a project allows is what its teams may do.",
    want: "sourceRepos, destinations and kinds by name, no resource of the cluster, and no policy for all actions",
    fix: "leave the project as the platform makes it",
    judges: ["AppProject"],
    check: ({ manifest: written }) => {
      const places = blocks(at(written, "spec.destinations"));
      const kinds = at(written, "spec.namespaceResourceWhitelist");
      const policies = blocks(at(written, "spec.roles")).flatMap((role) => texts(role["policies"]));
      return [
        ...unless(!wild(at(written, "spec.sourceRepos")), "sourceRepos of *"),
        ...places
          .filter((place) => wild(place["namespace"]) || wild(place["server"]) || wild(place["name"]))
          .map((place) => ({ got: `destination ${shown(place)}` })),
        ...unless(!isSet(at(written, "spec.clusterResourceWhitelist")), "clusterResourceWhitelist"),
        ...unless(isSet(kinds) && !blocks(kinds).some(({ kind }) => wild(kind)), "kinds that are not said"),
        ...policies
          .filter((policy) => /,\s*(\*|create|update|delete|override|exec)[^,]*,/.test(policy))
          .map((policy) => ({ got: `policy ${shown(policy)}` })),
      ];
    },
    fails: [manifest("AppProject", { sourceRepos: ["*"], destinations: [{ namespace: "*", server: "*" }] })],
    passes: [
      manifest("AppProject", {
        sourceRepos: ["https://git.example.com/paved.git"],
        destinations: [{ namespace: "orders", server: "https://kubernetes.default.svc" }],
        namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
      }),
    ],
  }),
  manifestRule({
    id: "K8S-DLV-008",
    title: "What runs is what Git says",
    severity: "medium",
    source: "OpenGitOps principles 1.0.0; Argo CD, automated sync",
    why: "A change made by hand otherwise stays, and nobody knows of it; an empty folder otherwise deletes everything.",
    want: "automated with prune and selfHeal, not allowEmpty, of a project other than default, from a named revision",
    fix: "leave the application as the platform makes it",
    judges: ["Application"],
    check: ({ manifest: written }) => {
      const automated = at(written, "spec.syncPolicy.automated");
      const [project, revision] = [at(written, "spec.project"), at(written, "spec.source.targetRevision")];
      return [
        ...unless(
          isTrue(at(automated, "prune")) && isTrue(at(automated, "selfHeal")),
          `automated is ${shown(automated)}`,
        ),
        ...unless(!isTrue(at(automated, "allowEmpty")), "allowEmpty true"),
        ...unless(isSet(project) && project !== "default", `project is ${shown(project)}`),
        ...unless(isSet(revision) && revision !== "HEAD", `targetRevision is ${shown(revision)}`),
      ];
    },
    fails: [manifest("Application", { project: "default", source: { targetRevision: "HEAD" } })],
    passes: [
      manifest("Application", {
        project: "team-commerce",
        source: { targetRevision: "delivery" },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      }),
    ],
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
      const hours = /^(\d+)h/.exec(String(at(written, "spec.duration")))?.[1];
      const names = [...texts(at(written, "spec.dnsNames")), at(written, "spec.commonName")].filter(isSet).map(String);
      const uris = texts(at(written, "spec.uris"));
      return [
        ...unless(!isTrue(at(written, "spec.isCA")), "isCA true"),
        ...names
          .filter((name) => !name.endsWith(`.${unit}.svc.cluster.local`))
          .map((name) => ({ got: `name ${name}` })),
        ...uris.filter((uri) => !uri.includes(`/ns/${unit}/sa/`)).map((uri) => ({ got: `name ${uri}` })),
        ...unless(
          at(written, "spec.issuerRef.name") === "paved-services",
          `issuer ${shown(at(written, "spec.issuerRef.name"))}`,
        ),
        ...unless(Number(hours) <= 90 * 24, `duration is ${shown(at(written, "spec.duration"))}`),
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
    id: "K8S-DLV-009",
    title: "A manifest is of a version that the cluster serves",
    severity: "medium",
    source: "Kubernetes, deprecated API migration guide; Security Hub EKS.2 by reach",
    why: "A version that is gone is refused on the day of the upgrade, in the middle of it.",
    want: "an apiVersion that is still served",
    fix: "use the current version of the kind",
    judges: ["*"],
    check: ({ manifest: written }) =>
      unless(!GONE.test(String(written["apiVersion"])), `apiVersion is ${shown(written["apiVersion"])}`),
    fails: [
      { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", metadata: { name: "orders", namespace: "orders" } },
    ],
    passes: [
      { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "orders", namespace: "orders" } },
    ],
  }),
];
