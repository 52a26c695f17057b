import { type Edit, editsOf } from "../edit";

const policy = "policy" as const;

/** Unsafe edits of what Argo CD delivers and is told, of what charts are told, and of ways in and out of namespaces. */
export const deliveryEdits: readonly Edit[] = [
  ...editsOf("modules/src/helm-chart/addons/argo-cd.ts", [
    {
      what: "Argo CD has an administrator with a password",
      from: '"admin.enabled": false',
      to: '"admin.enabled": true',
      caught: policy,
      by: "HELM-007",
    },
    {
      what: "whoever signs in to Argo CD rules it",
      from: '"policy.default": "role:readonly"',
      to: '"policy.default": "role:admin"',
      caught: policy,
      by: "HELM-007",
    },
    {
      what: "Argo CD opens shells in pods",
      from: '"application.resourceTrackingMethod": "annotation"',
      to: '"application.resourceTrackingMethod": "annotation",\n          "exec.enabled": true',
      caught: policy,
      by: "HELM-007",
    },
    {
      what: "Argo CD's server is a load balancer on the internet",
      from: 'server: component("100m", "256Mi", REPLICAS)',
      to: 'server: { ...component("100m", "256Mi", REPLICAS), service: { type: "LoadBalancer" } }',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/platform-project.ts", [
    {
      what: "the platform's project delivers whatever there is",
      from: "clusterResourceWhitelist: PLATFORM_DELIVERS.clusterKinds",
      to: 'clusterResourceWhitelist: [{ group: "*", kind: "*" }]',
      caught: policy,
      by: "HELM-007",
    },
    {
      what: "somebody else's repository brings roles of the cluster",
      from: '{ group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },',
      to: '{ group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },\n  { group: "rbac.authorization.k8s.io", kind: "ClusterRole" },',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/metrics-server.ts", [
    {
      what: "the nodes' certificates are not checked",
      from: "metrics: { enabled: true }",
      to: 'metrics: { enabled: true },\n      args: ["--kubelet-insecure-tls"]',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/pod-logs.ts", [
    {
      what: "what collects logs is in the node's network",
      from: 'priorityClassName: "system-node-critical"',
      to: 'priorityClassName: "system-node-critical",\n      hostNetwork: true',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/cluster-autoscaler.ts", [
    {
      what: "an add-on runs an image of nobody knows whom",
      from: "{ image: { tag } }",
      to: '{ image: { tag, repository: "registry.example.net/cluster-autoscaler" } }',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/kube-prometheus-stack.ts", [
    {
      what: "figures of every service go to a stranger",
      from: "retention: `${METRICS_DAYS}d`",
      to: 'remoteWrite: [{ url: "https://metrics.example.net/write" }],\n          retention: `${METRICS_DAYS}d`',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/grafana.ts", [
    {
      what: "Grafana lets anybody in, by its environment",
      from: 'env: { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true" }',
      to: 'env: { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true", GF_AUTH_ANONYMOUS_ENABLED: "true" }',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/argo-cd-bootstrap.ts", [
    {
      what: "with the first application comes an administrator",
      from: "objects: [\n        argoCdObject(",
      to:
        'objects: [\n        { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "all" } },' +
        "\n        argoCdObject(",
      caught: policy,
      by: "HELM-007",
    },
    {
      what: "a first application of somebody else's",
      from: '"paved.applications"',
      to: '"applications"',
      caught: policy,
      by: "HELM-007",
    },
  ]),
  ...editsOf("modules/src/helm-chart/charts.ts", [
    {
      what: "a chart comes from somebody else",
      from: "https://kedacore.github.io/charts",
      to: "https://kedacore.example.net/charts",
      caught: policy,
      by: "HELM-001",
    },
  ]),
  ...editsOf("modules/src/helm-chart/helm-chart.ts", [
    {
      what: "what charts bring is not checked",
      from: "cleanupOnFail: true",
      to: "cleanupOnFail: true,\n      disableOpenapiValidation: true",
      caught: policy,
      by: "HELM-006",
    },
  ]),
  ...editsOf("golden-paths/src/delivery/application.ts", [
    {
      what: "services are delivered from another repository",
      from: "repoURL: repository",
      to: 'repoURL: "https://git.example.net/mirror.git"',
      caught: policy,
      by: "K8S-DLV-008",
    },
    {
      what: "what is changed in the cluster by hand is overlooked",
      from: "revisionHistoryLimit: 10",
      to: 'revisionHistoryLimit: 10,\n      ignoreDifferences: [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/template"] }]',
      caught: policy,
      by: "K8S-DLV-008",
    },
    {
      what: "what runs of a service stays when nobody delivers it any more",
      from: "namespace: name, finalizers: [ARGO_CD_FINALIZER]",
      to: "namespace: name, finalizers: []",
      caught: policy,
      by: "K8S-DLV-008",
    },
    {
      what: "who deletes the platform's application in production takes the gateway along",
      from: "finalizers = finalizersOfPlatform(environment)",
      to: "finalizers = finalizersOfPlatform({ ...environment, protected: false })",
      caught: policy,
      by: "K8S-DLV-008",
    },
  ]),
  ...editsOf("stacks/src/platform/delivery.ts", [
    {
      what: "the platform delivers rights for everybody who is signed in",
      from: "    loadBalancerConfiguration(environment),\n",
      to: `    loadBalancerConfiguration(environment),
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "support" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:authenticated" }],
    } as Manifest,\n`,
      caught: policy,
      by: "K8S-DLV-002",
    },
    {
      what: "the platform delivers into kube-system",
      from: "metadata: { name: DATABASE_USERS, namespace: DATABASE_ACCESS_NAMESPACE }",
      to: 'metadata: { name: DATABASE_USERS, namespace: "kube-system" }',
      caught: policy,
      by: "K8S-DLV-003",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/pod-facts.ts", [
    {
      what: "Argo CD forces what is delivered, unchecked",
      from: "    namespace: facts.service.name,\n    labels: {",
      to: '    namespace: facts.service.name,\n    annotations: { "argocd.argoproj.io/sync-options": "Force=true,Replace=true,Validate=false" },\n    labels: {',
      caught: policy,
      by: "K8S-DLV-011",
    },
  ]),
  ...editsOf("stacks/src/platform/listeners.ts", [
    {
      what: "the gateway answers for every name there is",
      from: 'https("https", environment.domain, SERVICES)',
      to: 'https("https", "*.example.net", SERVICES)',
      caught: policy,
      by: "K8S-NET-006",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/routes.ts", [
    {
      what: "a route leads into another team's namespace",
      from: "backendRefs: [{ name: facts.name, port: 80 }]",
      to: 'backendRefs: [{ name: facts.name, namespace: "payments", port: 80 }]',
      caught: policy,
      by: "K8S-NET-008",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/network-policy.ts", [
    {
      what: "who may call a service may be any pod of any namespace",
      from: '{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }',
      to: '{ namespaceSelector: { matchExpressions: [{ key: name, operator: "DoesNotExist" }] } }',
      caught: policy,
      by: "K8S-NET-002",
    },
    {
      what: "the internet includes every service's network",
      from: '"10.0.0.0/8", ',
      to: "",
      caught: policy,
      by: "K8S-NET-003",
    },
  ]),
  ...editsOf("modules/src/namespace/network-rules.ts", [
    {
      what: "every pod reaches port 53 of every other",
      from: 'namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } }',
      to: "namespaceSelector: {}",
      caught: policy,
      by: "K8S-NS-010",
    },
  ]),
  ...editsOf("modules/src/namespace/team-access.ts", [
    {
      what: "everybody who is signed in looks at every service",
      from: 'kind: "Group", name: this.group',
      to: 'kind: "Group", name: "system:authenticated"',
      caught: policy,
      by: "K8S-NS-007",
    },
    {
      what: "a team writes what is delivered of its service past Git, by the role of deliveries",
      from: 'kind: "Role", name: metadata.name',
      to: 'kind: "ClusterRole", name: "paved:service-delivery"',
      caught: policy,
      by: "K8S-NS-007",
    },
    {
      what: "teams look into pods by what opens them",
      from: '      "pods/log",\n',
      to: '      "pods/log",\n      "pods/exec",\n',
      caught: policy,
      by: "K8S-NS-006",
    },
  ]),
];
