import {
  ADD_ON_VERSIONS,
  AUTOSCALER_IMAGES,
  certManager,
  DatabaseAccessNamespace,
  argoCd,
  argoCdBootstrap,
  awsLoadBalancerController,
  CHARTS,
  cloudWatchExporter,
  clusterAutoscaler,
  externalDns,
  externalSecrets,
  flux,
  fluxBootstrap,
  fluxGatewayKinds,
  gatewayKinds,
  GRAFANA,
  keda,
  kubePrometheusStack,
  loadBalancerPolicy,
  metricsServer,
  podLogs,
  type PavedStack,
  UNRESTRICTABLE_ACTIONS,
} from "../src";
import { dev, production, synthIn } from "./support/stacks";

function installAll(stack: PavedStack): void {
  const facts = { clusterName: `paved-${stack.environment.name}`, vpcId: "vpc-1" };
  const monitored = { ...facts, monitoring: kubePrometheusStack(stack, facts) };
  for (const addOn of [cloudWatchExporter, clusterAutoscaler, metricsServer, podLogs]) addOn(stack, monitored);
  const controllers = [certManager, keda].map((addOn) => addOn(stack, monitored));
  const secrets = externalSecrets(stack, monitored);
  const kinds = gatewayKinds(stack, argoCd(stack, { ...monitored, externalSecrets: secrets }));
  const routes = awsLoadBalancerController(stack, { ...monitored, gatewayKinds: kinds });
  argoCdBootstrap(stack, kinds, [...controllers, secrets, routes]);
  externalDns(stack, { ...monitored, zoneId: "Z1", gatewayKinds: kinds });
}

function installFlux(stack: PavedStack): void {
  const facts = { clusterName: "paved-dev", vpcId: "vpc-1" };
  const monitored = { ...facts, monitoring: kubePrometheusStack(stack, facts) };
  const secrets = externalSecrets(stack, monitored);
  const serviceKinds = [
    { group: "", kind: "Service" },
    { group: "networking.k8s.io", kind: "NetworkPolicy" },
  ];
  const namespaces = [
    certManager(stack, monitored).release,
    new DatabaseAccessNamespace(stack, "database-access").made,
  ];
  const kinds = fluxGatewayKinds(
    stack,
    flux(stack, { ...monitored, externalSecrets: secrets, serviceKinds, namespaces }),
  );
  fluxBootstrap(stack, kinds, [secrets]);
}

const small = synthIn(dev, installAll, "platform");
const large = synthIn(production, installAll, "platform");
const byFlux = synthIn(dev, installFlux, "platform");

type Values = Record<string, Record<string, unknown>>;
const valuesOf = (stack: typeof small, name: string): Values => {
  const [text = "{}"] = stack.at(`helm_release.${name}_chart_release`)["values"] as string[];
  return JSON.parse(text) as Values;
};
const statementsOf = (stack: typeof small, name: string) =>
  (JSON.parse(String(stack.at(`aws_iam_role_policy.${name}_identity_policy`)["policy"])) as { Statement: Statement[] })
    .Statement;

interface FirstObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}
const objectsOf = (stack: typeof small, release: string) =>
  valuesOf(stack, release)["objects"] as unknown as FirstObject[];
const specOf = (stack: typeof small, release: string, object: string) =>
  objectsOf(stack, release).find(({ kind, metadata }) => `${kind}/${metadata.name}` === object)?.spec;

interface Statement {
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: object;
}

test("snapshot: dev", () => {
  expect(small.summary()).toMatchSnapshot();
});

test("snapshot: production", () => {
  expect(large.summary()).toMatchSnapshot();
});

test("each add-on has a pinned version and a namespace of its own", () => {
  const releases = Object.values(small.resources("helm_release"));
  const all = [...releases, ...Object.values(byFlux.resources("helm_release"))];
  expect(
    Object.fromEntries(all.map(({ chart, version }) => [String(chart).replace("./charts/", ""), version])),
  ).toEqual(Object.fromEntries(Object.entries(CHARTS).map(([chart, pin]) => [chart, pin.version])));
  const apart = releases.filter((release) => release["chart"] !== "./charts/objects");
  expect(new Set(apart.map((release) => release["namespace"])).size).toBe(apart.length);
  expect(new Set(releases.map((release) => release["name"])).size).toBe(releases.length);
});

test("only the namespaces of the node exporter and of what collects logs may touch nodes", () => {
  const levels = Object.entries(small.resources("kubernetes_namespace_v1")).map(([name, namespace]) => {
    const { labels } = namespace["metadata"] as { labels: Record<string, string> };
    return [name, labels["pod-security.kubernetes.io/enforce"]];
  });
  expect(Object.fromEntries(levels)).toEqual({
    "argo-cd_namespace_namespace": "restricted",
    "cert-manager_namespace_namespace": "restricted",
    keda_namespace_namespace: "restricted",
    "cloudwatch-exporter_namespace_namespace": "restricted",
    "cluster-autoscaler_namespace_namespace": "restricted",
    "external-dns_namespace_namespace": "restricted",
    "external-secrets_namespace_namespace": "restricted",
    "load-balancer_namespace_namespace": "restricted",
    "metrics-server_namespace_namespace": "restricted",
    monitoring_namespace_namespace: "privileged",
    "pod-logs_namespace_namespace": "privileged",
  });
});

test("what is monitored comes after what brings the kinds of monitors", () => {
  for (const name of [
    "argo-cd",
    "cloudwatch-exporter",
    "cluster-autoscaler",
    "external-secrets",
    "keda",
    "load-balancer",
    "metrics-server",
  ]) {
    expect(small.at(`helm_release.${name}_chart_release`)["depends_on"]).toContain(
      "helm_release.monitoring_chart_release",
    );
  }
});

test("no pod of an add-on is made before what it is to AWS: it would never get credentials", () => {
  const associations = Object.keys(small.resources("aws_eks_pod_identity_association"));
  expect(associations.length).toBeGreaterThan(0);
  for (const association of associations) {
    const [group = ""] = association.split("_");
    const policy = association.replace(/_association$/, "_policy");
    expect(small.at(`helm_release.${group}_chart_release`)["depends_on"]).toEqual(
      expect.arrayContaining([`aws_eks_pod_identity_association.${association}`, `aws_iam_role_policy.${policy}`]),
    );
  }
});

test("Argo CD has no admin and no guest, and whoever signs in may read", () => {
  expect(valuesOf(small, "argo-cd")["configs"]).toMatchObject({
    cm: { "admin.enabled": false, "users.anonymous.enabled": false },
    rbac: { "policy.default": "role:readonly" },
  });
});

test("Argo CD's Redis is highly available where there are three nodes", () => {
  expect(valuesOf(small, "argo-cd")["redis-ha"]).toEqual({ enabled: false });
  expect(valuesOf(large, "argo-cd")["redis-ha"]).toMatchObject({ enabled: true });
});

test("no container of the platform is without requests and a memory limit", () => {
  const argo = valuesOf(large, "argo-cd");
  for (const component of ["controller", "server", "repoServer", "applicationSet", "notifications", "redis"]) {
    expect(argo[component]?.["resources"]).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
  }
});

test("what may have two pods has two, with a disruption budget", () => {
  expect(valuesOf(small, "external-secrets")).toMatchObject({
    replicaCount: 2,
    leaderElect: true,
    podDisruptionBudget: { enabled: true },
  });
  expect(valuesOf(small, "metrics-server")).toMatchObject({ replicas: 2, podDisruptionBudget: { enabled: true } });
  expect(valuesOf(small, "load-balancer")).toMatchObject({
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
  });
});

test("monitors, rules and dashboards of every team are picked up", () => {
  const values = valuesOf(large, "monitoring");
  expect(values["prometheus"]?.["prometheusSpec"]).toMatchObject({
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
  });
  expect(values["grafana"]).toMatchObject({ sidecar: { dashboards: { searchNamespace: "ALL" } } });
});

test("nothing is scraped that EKS does not show: its alert would never end", () => {
  for (const component of ["kubeControllerManager", "kubeEtcd", "kubeProxy", "kubeScheduler"]) {
    expect(valuesOf(large, "monitoring")[component]).toEqual({ enabled: false });
  }
});

test("Prometheus keeps its data on an encrypted volume, and drops the oldest before it is full", () => {
  const spec = { storageClassName: "gp3-encrypted", resources: { requests: { storage: "120Gi" } } };
  expect(valuesOf(large, "monitoring")["prometheus"]?.["prometheusSpec"]).toMatchObject({
    retention: "35d",
    retentionSize: "105GB",
    storageSpec: { volumeClaimTemplate: { spec } },
  });
});

test("External Secrets reads secrets of its environment only, and decrypts nothing else", () => {
  const secrets = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:paved/dev/*";
  const [reading, decrypting] = statementsOf(small, "external-secrets");
  expect(reading?.Resource).toEqual([secrets]);
  expect(decrypting?.Condition).toEqual({
    StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
    ArnLike: { "kms:EncryptionContext:SecretARN": secrets },
  });
});

test("External Secrets and the load balancer controller run as the service account their identity is bound to", () => {
  for (const [name, account] of [
    ["external-secrets", "external-secrets"],
    ["load-balancer", "aws-load-balancer-controller"],
  ] as const) {
    expect(valuesOf(small, name)["serviceAccount"]).toMatchObject({ create: true, name: account });
    expect(small.at(`aws_eks_pod_identity_association.${name}_identity_association`)["service_account"]).toBe(account);
  }
});

test("the load balancer controller is told where it is, since nodes do not tell it", () => {
  expect(valuesOf(small, "load-balancer")).toMatchObject({
    clusterName: "paved-dev",
    region: "eu-west-1",
    vpcId: "vpc-1",
  });
});

test("the load balancer controller changes nothing in another account, region or network, and only looks everywhere", () => {
  const scope = { account: "111111111111", region: "eu-west-1", vpcId: "vpc-1" };
  for (const { actions, resources } of loadBalancerPolicy(scope)) {
    if (resources.includes("*")) {
      expect(actions.filter((action) => !UNRESTRICTABLE_ACTIONS.has(action))).toEqual([]);
    } else {
      expect(resources.filter((resource) => !resource.includes(":111111111111:"))).toEqual([]);
    }
  }
});

test("the load balancer controller deletes only what bears its tag", () => {
  const scope = { account: "111111111111", region: "eu-west-1", vpcId: "vpc-1" };
  const deleting = loadBalancerPolicy(scope).filter(({ actions }) =>
    actions.some((action) => /Delete(SecurityGroup|LoadBalancer|TargetGroup)$/.test(action)),
  );
  expect(deleting.map((statement) => statement.conditions)).toEqual([
    { Null: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "false" } },
    { Null: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "false" } },
  ]);
});

test("inline policies fit into a role", () => {
  for (const policy of Object.values(small.resources("aws_iam_role_policy"))) {
    expect(String(policy["policy"]).replaceAll(/\s/g, "").length).toBeLessThan(10_240);
  }
});

test("the autoscaler changes the node groups of its own cluster, and only looks at all others", () => {
  const statements = statementsOf(small, "cluster-autoscaler");
  const changing = statements.filter(({ Action }) => Action.some((action) => !/:(Describe|Get)/.test(action)));
  expect(changing).toEqual([
    expect.objectContaining({
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/paved-dev": "owned" } },
    }),
  ]);
});

test("the autoscaler is the one of the cluster's Kubernetes version, for every version there is", () => {
  expect(valuesOf(small, "cluster-autoscaler")["image"]).toEqual({ tag: AUTOSCALER_IMAGES.get(dev.cluster.version) });
  for (const version of Object.keys(ADD_ON_VERSIONS)) expect(AUTOSCALER_IMAGES.get(version)).toContain(`v${version}.`);
});

test("nodes go when they are idle, though every pod has a disk of its own", () => {
  expect(valuesOf(small, "cluster-autoscaler")["extraArgs"]).toMatchObject({
    "skip-nodes-with-local-storage": false,
    "skip-nodes-with-system-pods": false,
  });
});

test("KEDA sees how long this environment's queues are, and no message", () => {
  expect(statementsOf(small, "keda")).toEqual([
    expect.objectContaining({
      Action: ["sqs:GetQueueAttributes"],
      Resource: ["arn:aws:sqs:eu-west-1:111111111111:paved-dev-*"],
    }),
  ]);
});

test("Argo CD reads the delivery repository with a secret that External Secrets brings, which comes before", () => {
  const objects = valuesOf(large, "argo-cd")["extraObjects"] as unknown as { kind: string; spec: object }[];
  expect(objects.map(({ kind }) => kind)).toEqual(["SecretStore", "ExternalSecret"]);
  expect(objects[1]?.spec).toMatchObject({
    dataFrom: [{ extract: { key: "paved/production/platform/delivery-repository" } }],
    target: {
      template: {
        mergePolicy: "Merge",
        metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
        data: { type: "git", url: production.delivery.repository },
      },
    },
  });
  expect(large.at("helm_release.argo-cd_chart_release")["depends_on"]).toContain(
    "helm_release.external-secrets_chart_release",
  );
  // What Helm would take for a template of its own.
  expect(JSON.stringify(objects)).not.toContain("{{");
});

test("Argo CD begins with the applications that Git has for the environment, once it knows what an application is", () => {
  expect(specOf(large, "argo-cd-bootstrap", "Application/paved.applications")).toMatchObject({
    project: "platform",
    source: { targetRevision: production.delivery.revision, path: "gitops/production/_argocd" },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  });
  expect(specOf(large, "gateway-kinds", "AppProject/platform")).toMatchObject({
    sourceRepos: expect.arrayContaining([production.delivery.repository]),
  });
  expect(large.at("helm_release.gateway-kinds_chart_release")["depends_on"]).toEqual([
    "helm_release.argo-cd_chart_release",
  ]);
});

test("what all applications brought goes with the first one where the environment may be destroyed, and stays where it is protected", () => {
  const metadata = (of: typeof large) => {
    const [first] = valuesOf(of, "argo-cd-bootstrap")["objects"] as unknown as { metadata: object }[];
    return first!.metadata;
  };
  expect([dev.protected, production.protected]).toEqual([false, true]);
  expect(metadata(small)).toMatchObject({ finalizers: ["resources-finalizer.argocd.argoproj.io"] });
  expect(metadata(large)).not.toHaveProperty("finalizers");
});

test("what the platform delivers to production is synced by itself within the window of the environment, and elsewhere always", () => {
  const platform = (of: typeof large) => specOf(of, "gateway-kinds", "AppProject/platform");
  const { schedule } = production.delivery.syncWindow;
  expect(platform(large)).toMatchObject({ syncWindows: [{ kind: "allow", schedule, manualSync: true }] });
  expect(platform(small)).not.toHaveProperty("syncWindows");
});

test("no project of the platform's delivers whatever there is, wherever it likes", () => {
  const platform = specOf(large, "gateway-kinds", "AppProject/platform");
  const kinds = specOf(large, "gateway-kinds", "AppProject/gateway-api");
  // Of whichever application the window is: a project has no other.
  expect(JSON.stringify({ ...platform, syncWindows: [] })).not.toContain("*");
  expect(kinds).toMatchObject({
    sourceRepos: ["https://github.com/kubernetes-sigs/gateway-api.git"],
    namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
  });
  expect(JSON.stringify({ ...kinds, namespaceResourceBlacklist: [] })).not.toContain("*");
});

test("the applications begin when all that brings kinds is there", () => {
  const kinds = ["gateway-kinds", "cert-manager", "keda", "external-secrets", "load-balancer"];
  expect(large.at("helm_release.argo-cd-bootstrap_chart_release")["depends_on"]).toEqual(
    kinds.map((name) => `helm_release.${name}_chart_release`),
  );
});

test.each(["gateway-kinds", "argo-cd-bootstrap"])(
  "%s is tried again without an end, with what Git says by then",
  (name) => {
    const applications = objectsOf(small, name).filter(({ kind }) => kind === "Application");
    expect(applications).toHaveLength(1);
    for (const { spec } of applications) {
      expect(spec).toMatchObject({
        syncPolicy: { retry: { limit: -1, refresh: true, backoff: { maxDuration: "3m" } } },
      });
    }
  },
);

test("the load balancer controller comes after the kinds of routes, and does not turn itself off when they are late", () => {
  expect(small.at("helm_release.load-balancer_chart_release")["depends_on"]).toContain(
    "helm_release.gateway-kinds_chart_release",
  );
  // It looks for the kinds by itself unless all three are said.
  expect(valuesOf(small, "load-balancer")["controllerConfig"]?.["featureGates"]).toEqual({
    ALBGatewayAPI: true,
    NLBGatewayAPI: false,
    GatewayListenerSet: false,
  });
});

test("the kinds of routes come from the Gateway API's own release, and are never taken away", () => {
  expect(specOf(small, "gateway-kinds", "Application/paved.gateway-api")).toMatchObject({
    source: { targetRevision: expect.stringMatching(/^v\d+\.\d+\.\d+$/), path: "config/crd/standard" },
    syncPolicy: { automated: { prune: false } },
  });
});

test("what alerts need of CloudWatch is brought to Prometheus, of this environment alone", () => {
  const config = JSON.parse(String(valuesOf(small, "cloudwatch-exporter")["config"])) as {
    discovery: { jobs: { type: string; regions: string[]; searchTags: object[]; metrics: { name: string }[] }[] };
  };
  expect(config.discovery.jobs.map(({ type, regions }) => [type, regions])).toEqual([
    ["AWS/SQS", ["eu-west-1"]],
    ["AWS/CloudFront", ["us-east-1"]],
  ]);
  for (const { searchTags } of config.discovery.jobs) {
    expect(searchTags).toEqual([{ key: "environment", value: "^dev$" }]);
  }
});

test("a site that nobody asks for anything has 0 requests and 0 percent failures, and each request is in one figure", () => {
  const { discovery } = JSON.parse(String(valuesOf(small, "cloudwatch-exporter")["config"])) as {
    discovery: { jobs: { type: string; nilToZero?: boolean; period: number; metrics: object[] }[] };
  };
  expect(discovery.jobs.find(({ type }) => type === "AWS/CloudFront")).toMatchObject({
    nilToZero: true,
    // What the exporter looks every so many seconds at.
    period: 300,
    metrics: [
      { name: "Requests", statistics: ["Sum"] },
      { name: "5xxErrorRate", statistics: ["Average"] },
    ],
  });
});

test.each([
  ["cloudwatch-exporter_identity", /:(Get|List)/],
  ["monitoring_grafana-identity", /:(Get|List)|^logs:(DescribeLogGroups|FilterLogEvents|StartQuery|StopQuery)$/],
])("%s reads, and changes nothing", (name, reading) => {
  const policy = JSON.parse(String(small.at(`aws_iam_role_policy.${name}_policy`)["policy"])) as {
    Statement: Statement[];
  };
  expect(policy.Statement.flatMap(({ Action }) => Action).every((action) => reading.test(action))).toBe(true);
});

test("Grafana asks CloudWatch with an identity of its own", () => {
  expect(valuesOf(small, "monitoring")["grafana"]).toMatchObject({
    serviceAccount: { name: "grafana" },
    additionalDataSources: [{ uid: "cloudwatch", jsonData: { authType: "default" } }],
  });
});

test("Grafana is where links say it is, and nobody gets in but by the environment's provider", () => {
  const grafana = valuesOf(large, "monitoring")["grafana"];
  expect(grafana?.["grafana.ini"]).toMatchObject({
    server: { root_url: "https://grafana.paved.example.com/" },
    auth: { disable_login_form: true },
    "auth.anonymous": { enabled: false },
    "auth.basic": { enabled: false },
    "auth.generic_oauth": {
      enabled: true,
      client_id: production.signIn.clientId,
      auth_url: production.signIn.authorizationUrl,
      token_url: production.signIn.tokenUrl,
      api_url: production.signIn.userInfoUrl,
    },
  });
  expect(grafana?.["env"]).toEqual({ GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true" });
});

test("Grafana reads its client secret from the file that External Secrets fills", () => {
  const grafana = valuesOf(small, "monitoring")["grafana"] as {
    extraSecretMounts: { mountPath: string; secretName: string }[];
    "grafana.ini": Values;
  };
  const [mount] = grafana.extraSecretMounts;
  expect(mount?.secretName).toBe(GRAFANA.signInSecret.name);
  expect(grafana["grafana.ini"]["auth.generic_oauth"]?.["client_secret"]).toBe(
    `$__file{${mount?.mountPath}/${GRAFANA.signInSecret.key}}`,
  );
});

test("whoever signed in may open what links to logs and pods lead to", () => {
  const { "grafana.ini": ini } = valuesOf(small, "monitoring")["grafana"] as { "grafana.ini": Values };
  expect(ini["auth.generic_oauth"]).toMatchObject({ role_attribute_path: "'Editor'" });
});

test("the installation does not wait for Grafana, whose secret comes by what is installed later", () => {
  expect(valuesOf(small, "monitoring")["grafana"]?.["deploymentStrategy"]).toMatchObject({
    rollingUpdate: { maxUnavailable: 1 },
  });
});

test("hosts of routes lead to the gateway, in the environment's zone alone", () => {
  expect(valuesOf(small, "external-dns")).toMatchObject({
    sources: ["gateway-httproute", "gateway-grpcroute"],
    domainFilters: [dev.domain],
    extraArgs: { "zone-id-filter": "Z1" },
    txtOwnerId: "paved-dev",
    serviceMonitor: { enabled: true },
  });
  expect(small.at("helm_release.external-dns_chart_release")["depends_on"]).toContain(
    "helm_release.gateway-kinds_chart_release",
  );
});

test("what says whose names are lies in the zone, that of the domain itself too", () => {
  const prefix = String(valuesOf(small, "external-dns")["txtPrefix"]).replace("%%{record_type}", "a");
  expect(`${prefix}${dev.domain}`).toMatch(new RegExp(`\\.${dev.domain.replaceAll(".", "\\.")}$`));
});

test("what writes names writes those of the gateway, and takes none away", () => {
  const [looking, reading, writing] = statementsOf(small, "external-dns");
  expect(looking).toMatchObject({ Action: ["route53:ListHostedZones"], Resource: ["*"] });
  for (const { Resource } of [reading!, writing!]) expect(Resource).toEqual(["arn:aws:route53:::hostedzone/Z1"]);
  expect(writing?.Condition).toEqual({
    "ForAllValues:StringLike": {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
        "dev.paved.example.com",
        "grpc.dev.paved.example.com",
        "grafana.dev.paved.example.com",
        "external-dns-*.dev.paved.example.com",
      ],
    },
    "ForAllValues:StringEquals": {
      "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "TXT"],
      "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"],
    },
  });
});

test("what pods write goes to a group with a key and an end, which Fluent Bit does not make by itself", () => {
  const group = small.at("aws_cloudwatch_log_group.pod-logs_logs_group");
  expect(group).toMatchObject({ name: "/paved/dev/pods", retention_in_days: dev.cluster.logRetentionDays });
  expect(group["kms_key_id"]).toContain("aws_kms_key.pod-logs_key");
  expect(valuesOf(small, "pod-logs")["cloudWatchLogs"]).toMatchObject({
    logGroupName: "/paved/dev/pods",
    autoCreateGroup: false,
  });
});

test("Fluent Bit writes into that group, and reads nothing", () => {
  const { policy } = small.at("aws_iam_role_policy.pod-logs_identity_policy");
  expect(JSON.parse(String(policy))).toMatchObject({
    Statement: [
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["${aws_cloudwatch_log_group.pod-logs_logs_group.arn}:*"],
      },
    ],
  });
});

test("cert-manager brings its kinds, and is there while nodes are replaced", () => {
  expect(valuesOf(small, "cert-manager")).toMatchObject({
    crds: { enabled: true },
    replicaCount: 2,
    webhook: { replicaCount: 2 },
    cainjector: { replicaCount: 2 },
  });
});

describe("Flux instead of Argo CD", () => {
  interface Granted {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
    readonly roleRef?: { readonly name: string };
    readonly subjects?: readonly { readonly name: string }[];
    readonly rules?: readonly {
      readonly apiGroups: string[];
      readonly resources: string[];
      readonly verbs: string[];
    }[];
  }
  const values = valuesOf(byFlux, "flux");
  const objects = values["extraObjects"] as unknown as readonly Granted[];
  const rulesOf = (kind: string, name: string) =>
    objects.find((one) => one.kind === kind && one.metadata.name === name)?.rules ?? [];

  test("snapshot: dev", () => {
    expect(byFlux.summary()).toMatchSnapshot();
  });

  test("two controllers, which see their own namespace and hold none of the chart's rights", () => {
    expect(values).toMatchObject({
      multitenancy: { enabled: true, privileged: false },
      watchAllNamespaces: false,
      rbac: { create: false, createAggregation: false },
    });
    const off = Object.entries(values).filter(([, value]) => value["create"] === false);
    expect(off.map(([name]) => name).toSorted()).toEqual([
      "helmController",
      "imageAutomationController",
      "imageReflectionController",
      "notificationController",
      "rbac",
      "sourceWatcher",
    ]);
    for (const name of ["source-controller", "kustomize-controller"]) {
      expect(objects.filter(({ metadata }) => metadata.name === name).map(({ kind }) => kind)).toEqual([
        "Role",
        "RoleBinding",
      ]);
    }
  });

  test("nobody but the one that impersonates accounts of its namespace may do so, and none may give rights", () => {
    const may = objects.flatMap(({ metadata, rules = [] }) => rules.map((rule) => ({ name: metadata.name, ...rule })));
    expect(may.filter(({ verbs }) => verbs.includes("impersonate"))).toMatchObject([
      { name: "kustomize-controller", resources: ["serviceaccounts"] },
    ]);
    expect(may.filter(({ apiGroups }) => apiGroups.includes("rbac.authorization.k8s.io"))).toEqual([]);
    expect(JSON.stringify(may)).not.toContain("*");
  });

  test("what services may is the kinds of golden paths, as the API server calls them, and a look at what becomes of them", () => {
    expect(
      rulesOf("ClusterRole", "paved:service-delivery").map(({ resources, verbs }) => [resources, verbs.length]),
    ).toEqual([
      [["services"], 7],
      [["networkpolicies"], 7],
      [["pods"], 3],
      [["replicasets"], 3],
    ]);
  });

  test("the platform's own folder writes what has no namespace, and all else in the namespaces that it delivers to", () => {
    const ofPlatform = objects.filter(({ subjects = [] }) => subjects.some(({ name }) => name === "deliver-platform"));
    expect(ofPlatform.map(({ kind, metadata, roleRef }) => [kind, metadata.namespace, roleRef?.name])).toEqual([
      ["ClusterRoleBinding", undefined, "deliver-platform"],
      ["RoleBinding", "cert-manager", "paved:platform-delivery"],
      ["RoleBinding", "database-access", "paved:platform-delivery"],
      ["RoleBinding", "gateway", "paved:platform-delivery"],
      ["RoleBinding", "monitoring", "paved:platform-delivery"],
    ]);
    expect(rulesOf("ClusterRole", "deliver-platform").flatMap(({ resources }) => resources)).toEqual([
      "clusterissuers",
      "clustersecretstores",
      "gatewayclasses",
      "clustertriggerauthentications",
    ]);
  });

  test("those namespaces are there before it", () => {
    const made = Object.values(byFlux.resources("kubernetes_namespace_v1"));
    expect(made.map(({ metadata }) => (metadata as { name: string }).name)).toEqual(
      expect.arrayContaining(["cert-manager", "database-access", "gateway", "monitoring"]),
    );
    expect(byFlux.at("helm_release.flux_chart_release")["depends_on"]).toEqual(
      expect.arrayContaining([
        "helm_release.cert-manager_chart_release",
        "kubernetes_namespace_v1.database-access_namespace_namespace",
        "kubernetes_namespace_v1.flux_gateway_namespace",
      ]),
    );
  });

  test("it begins with the Kustomizations that Git has for the environment, read with what Secrets Manager has", () => {
    expect(specOf(byFlux, "flux-bootstrap", "GitRepository/flux-system")).toMatchObject({
      url: dev.delivery.repository,
      ref: { branch: dev.delivery.revision },
      secretRef: { name: "delivery-repository" },
    });
    expect(specOf(byFlux, "flux-bootstrap", "Kustomization/flux-system")).toMatchObject({
      path: "./gitops/dev/_flux",
      prune: true,
      serviceAccountName: "paved.kustomizations",
    });
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["SecretStore", "ExternalSecret"]));
    // What Helm would take for a template of its own.
    expect(JSON.stringify(objects)).not.toContain("{{");
  });

  test("the kinds of the Gateway API stay when it goes", () => {
    expect(specOf(byFlux, "gateway-kinds", "Kustomization/gateway")).toMatchObject({ prune: false });
  });
});
