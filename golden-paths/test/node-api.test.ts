import type { Environment } from "@paved/model";
import { subnetsOf } from "@paved/modules";
import { NodeApi, type NodeApiProps, TrafficLedger, nodeApi } from "../src";
import { itIsAGoldenPath } from "./every-path";
import { buildService, dev, type FixtureOptions, only, orders, production, refusals } from "./service-fixture";

const minimal: NodeApiProps = { image: "commerce/orders", port: 8080 };

const everything: NodeApiProps = {
  image: "commerce/orders",
  port: 9000,
  size: "medium",
  scale: { min: 2, max: 5 },
  database: { size: "small" },
  cache: { size: "small" },
  bucket: true,
  topic: true,
  queue: { visibilitySeconds: 120, attempts: 3 },
  config: { GREETING: "costs $(5) or ${6}" },
  secrets: ["stripe-api-key"],
  health: { live: "/live", ready: "/ready" },
  internet: true,
  environments: { production: { size: "large", scale: { min: 6, max: 20 }, database: { size: "large" } } },
};

const build = (props: NodeApiProps, options: FixtureOptions<NodeApi> = {}) =>
  buildService((stack) => new NodeApi(stack, "api", props), options);

interface Pod {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: Record<string, unknown>;
        readonly containers: readonly Record<string, unknown>[];
        readonly volumes: readonly Record<string, unknown>[];
      };
    };
  };
}

const pod = (built: ReturnType<typeof build>) => only<Pod>(built, "Deployment").spec.template.spec;
const container = (built: ReturnType<typeof build>) => pod(built).containers[0] as Record<string, never>;
/** The ConfigMap that OpenTofu writes into the service's namespace. */
const written = (built: ReturnType<typeof build>) =>
  built.stack.at("kubernetes_config_map_v1.api_config_config-map") as Record<string, Record<string, unknown>>;

test("no pod is made before what its service account is to AWS: it would never get credentials", () => {
  const { stack } = build(minimal);
  expect(stack.at("kubernetes_service_account_v1.api_namespace_service-account")["depends_on"]).toEqual([
    "aws_eks_pod_identity_association.api_identity_association",
  ]);
  // By names alone, or it would wait for the account in turn.
  expect(stack.at("aws_eks_pod_identity_association.api_identity_association")).toMatchObject({
    namespace: "orders",
    service_account: "orders",
  });
});

itIsAGoldenPath<NodeApiProps, NodeApi>(nodeApi, {
  id: "api",
  minimal,
  everything,
  also: (api) => void api.exposeAt("/orders"),
});

describe("a pod", () => {
  const built = build(everything);

  test("is not root and cannot become it", () => {
    expect(pod(built).securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(container(built)["securityContext"]).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  test("can write to /tmp, and to nothing else", () => {
    const mounts = container(built)["volumeMounts"] as unknown as readonly { readonly readOnly?: boolean }[];
    expect(mounts.filter(({ readOnly }) => readOnly !== true)).toEqual([{ name: "tmp", mountPath: "/tmp" }]);
    expect(pod(built).volumes).toContainEqual({ name: "tmp", emptyDir: { sizeLimit: "256Mi" } });
  });

  test("has no service account token", () => {
    expect(pod(built).automountServiceAccountToken).toBe(false);
  });

  test("runs the released digest from the environment's registry", () => {
    expect(container(built)["image"]).toBe(
      `111111111111.dkr.ecr.eu-west-1.amazonaws.com/commerce/orders@sha256:${"a".repeat(64)}`,
    );
  });

  test("is promised and limited what its size means in the environment", () => {
    expect(container(built)["resources"]).toMatchObject({
      requests: { cpu: dev.workload.sizes.medium.cpu, memory: dev.workload.sizes.medium.memory },
      limits: { cpu: dev.workload.sizes.medium.cpuLimit, memory: dev.workload.sizes.medium.memory },
    });
  });

  test("is asked whether it started, lives and is ready", () => {
    expect(container(built)["startupProbe"]).toMatchObject({ httpGet: { path: "/live" } });
    expect(container(built)["livenessProbe"]).toMatchObject({ httpGet: { path: "/live" } });
    expect(container(built)["readinessProbe"]).toMatchObject({ httpGet: { path: "/ready" } });
  });

  test("gets a setting with the characters the team wrote", () => {
    expect(container(built)["env"]).toContainEqual({ name: "GREETING", value: "costs $$(5) or ${6}" });
  });

  test("reads what OpenTofu knows from the ConfigMap that OpenTofu writes", () => {
    expect(container(built)["envFrom"]).toContainEqual({ configMapRef: { name: "orders-infrastructure" } });
    expect(written(built)["metadata"]).toMatchObject({ name: "orders-infrastructure" });
  });

  test("waits for the load balancer before it ends, and is given longer than that", () => {
    const { terminationGracePeriodSeconds } = pod(built) as unknown as { terminationGracePeriodSeconds: number };
    expect(container(built)["lifecycle"]).toEqual({ preStop: { sleep: { seconds: 10 } } });
    expect(terminationGracePeriodSeconds).toBeGreaterThan(10);
  });
});

describe("the workload", () => {
  test("is in the service's namespace, every object of it, but for what makes the users of its database", () => {
    const manifests = build(everything, { also: (api) => void api.exposeAt("/orders") }).manifests;
    expect(manifests.map((manifest) => manifest.kind)).toEqual([
      "Deployment",
      "Service",
      "HorizontalPodAutoscaler",
      "PodDisruptionBudget",
      "NetworkPolicy",
      "ServiceMonitor",
      "HTTPRoute",
      "TargetGroupConfiguration",
      "ExternalSecret",
      "ConfigMap",
      "ConfigMap",
      "Job",
      "ConfigMap",
      "PrometheusRule",
    ]);
    const elsewhere = manifests.filter(({ metadata }) => metadata.namespace !== "orders");
    expect(elsewhere.map(({ kind, metadata: { name, namespace } }) => `${namespace} ${kind} ${name}`)).toEqual([
      "database-access ConfigMap orders-database-users",
      expect.stringMatching(/^database-access Job orders-database-users-/),
    ]);
  });

  test("holds nothing that is only known after apply", () => {
    const text = JSON.stringify(build(everything, { also: (api) => void api.exposeAt("/orders") }).manifests);
    expect(text).not.toMatch(/TfToken|\$\{aws_|\$\{data\./);
  });

  test("is selected by a label that its owner or tier cannot change", () => {
    const selectors = [orders, { ...orders, owner: "growth", tier: 3 as const }].map(
      (service) => only<{ spec: { selector: unknown } }>(build(minimal, { service }), "Deployment").spec.selector,
    );
    expect(selectors[0]).toEqual(selectors[1]);
  });

  test("leaves the number of pods to the autoscaler", () => {
    expect(only<{ spec: object }>(build(minimal), "Deployment").spec).not.toHaveProperty("replicas");
  });

  test("is absent until an image is released, and the stack says so", () => {
    const built = build(minimal, { digest: null });
    expect(built.manifests).toEqual([]);
    expect(built.notes).toEqual(["no image released to dev yet: provisioned without a workload"]);
    expect(built.stack.addresses()).toContain("aws_ecr_repository.api_repository_repository");
  });
});

describe("sizes", () => {
  const replicas = (built: ReturnType<typeof build>) =>
    only<{ spec: { minReplicas: number; maxReplicas: number } }>(built, "HorizontalPodAutoscaler").spec;

  test("differ by environment because the environment says so", () => {
    const instance = (environment: Environment) =>
      build({ ...minimal, database: { size: "small" } }, { environment }).stack.only("aws_db_instance");
    expect(instance(dev)).toMatchObject({ instance_class: "db.t4g.small", multi_az: false });
    expect(instance(production)).toMatchObject({ instance_class: "db.m7g.large", multi_az: true });
    expect(replicas(build(minimal, { environment: production }))).toMatchObject({ minReplicas: 3, maxReplicas: 12 });
  });

  test("follow an override in the environment it names, and nowhere else", () => {
    expect(replicas(build(everything))).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
    expect(replicas(build(everything, { environment: production }))).toMatchObject({ minReplicas: 6, maxReplicas: 20 });
    expect(build(everything, { environment: production }).stack.only("aws_db_instance")).toMatchObject({
      instance_class: "db.m7g.2xlarge",
    });
  });
});

describe("intent verbs", () => {
  interface Policy {
    readonly spec: {
      readonly ingress: readonly { from: readonly object[]; ports: readonly object[] }[];
      readonly egress: readonly { to: readonly object[]; ports: readonly object[] }[];
    };
  }
  const policy = (built: ReturnType<typeof build>) => only<Policy>(built, "NetworkPolicy").spec;
  const podsOf = (name: string) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
  });

  test("said nothing, only Prometheus may call and nothing may be called", () => {
    const { ingress, egress } = policy(build(minimal));
    expect(ingress.map((rule) => rule.from)).toEqual([
      [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
    ]);
    expect(egress).toEqual([]);
  });

  test("exposeAt returns the route with its URL, and lets only the load balancer's subnets in", () => {
    let url = "";
    const built = build(minimal, { also: (api) => (url = api.exposeAt("/orders").url) });
    expect(url).toBe("https://dev.paved.example.com/orders");
    expect(only(built, "HTTPRoute")).toMatchObject({
      spec: {
        hostnames: ["dev.paved.example.com"],
        rules: [{ matches: [{ path: { type: "PathPrefix", value: "/orders" } }] }],
      },
    });
    expect(policy(built).ingress[1]?.from).toEqual(
      subnetsOf(dev.network.cidr, 3).public.map((cidr) => ({ ipBlock: { cidr } })),
    );
  });

  test("exposeAt has the load balancer ask for health where the pods answer, and not at /", () => {
    const health = { live: "/live", ready: "/ready/now" };
    const built = build({ ...minimal, health }, { also: (api) => void api.exposeAt("/orders") });
    expect(only(built, "TargetGroupConfiguration")).toMatchObject({
      spec: {
        targetReference: { name: only<{ metadata: { name: string } }>(built, "Service").metadata.name },
        defaultConfiguration: { targetType: "ip", healthCheckConfig: { healthCheckPath: "/ready/now" } },
      },
    });
  });

  test("allowFrom returns the rule, and both sides' policies follow", () => {
    const traffic = new TrafficLedger();
    const payments = { ...orders, name: "payments" };
    let rule: unknown;
    const callee = build(
      { image: "payments/payments", port: 9000 },
      { service: payments, traffic, also: (api) => (rule = api.allowFrom({ serviceName: "orders" })) },
    );
    const caller = build(minimal, { traffic });
    expect(rule).toMatchObject({ from: "orders", to: "payments", port: 9000 });
    expect(container(caller)["env"]).toContainEqual({
      name: "PAYMENTS_URL",
      value: "http://payments.payments.svc.cluster.local",
    });
    expect(policy(callee).ingress[1]).toEqual({ from: [podsOf("orders")], ports: [{ protocol: "TCP", port: 9000 }] });
    expect(policy(caller).egress).toEqual([{ to: [podsOf("payments")], ports: [{ protocol: "TCP", port: 9000 }] }]);
  });

  test("a database is granted to its API alone, by identity, network and port", () => {
    const built = build({ ...minimal, database: { size: "small" } });
    expect(policy(built).egress).toHaveLength(1);
    expect(policy(built).egress[0]?.ports).toEqual([{ protocol: "TCP", port: 5432 }]);
    expect(built.stack.only("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: 5432, to_port: 5432 });
    expect(JSON.stringify(built.stack.resources("aws_iam_role_policy"))).toContain("rds-db:connect");
    expect(written(built)["data"]).toMatchObject({
      DATABASE_NAME: "orders_db",
      DATABASE_PORT: "5432",
    });
  });

  test("granting the database again returns the same grant", () => {
    const { parts } = build({ ...minimal, database: { size: "small" } }).path;
    expect(parts.database?.grantReadWrite(parts)).toMatchObject({ access: "read-write" });
  });

  test("secrets are referred to by name; no value is written anywhere", () => {
    const built = build(everything);
    expect(only(built, "ExternalSecret")).toMatchObject({
      spec: { data: [{ secretKey: "STRIPE_API_KEY", remoteRef: { key: "paved/dev/orders/stripe-api-key" } }] },
    });
    expect(container(built)["envFrom"]).toContainEqual({ secretRef: { name: "orders-secrets" } });
  });

  test("each secret has a place of its own with the service's key, which the owning team puts the value into", () => {
    const { stack, path } = build({ ...minimal, secrets: ["stripe-api-key", "smtp-password"] });
    expect(Object.values(stack.resources("aws_secretsmanager_secret")).map(({ name }) => name)).toEqual([
      "paved/dev/orders/smtp-password",
      "paved/dev/orders/stripe-api-key",
    ]);
    expect(String(stack.at("aws_kms_key.api_secrets-key_key")["policy"])).toContain(dev.teams["commerce"]);
    const policy = stack.at("aws_secretsmanager_secret_policy.api_secret-stripe-api-key_policy")["policy"];
    expect(String(policy)).toContain(dev.teams["commerce"]);
    expect(path.catalogFacts().resources).toContainEqual({ type: "secret", name: "paved/dev/orders/stripe-api-key" });
    expect(stack.resources("aws_secretsmanager_secret_version")).toEqual({});
  });

  test("secrets that cannot be read are an alert; without any there is none", () => {
    const alerts = (built: ReturnType<typeof build>) => JSON.stringify(only(built, "PrometheusRule"));
    expect(alerts(build(everything))).toContain("SecretsNotReady");
    expect(alerts(build(minimal))).not.toContain("SecretsNotReady");
  });

  test("secrets are files too, which change with their values", () => {
    const api = container(build(everything));
    expect(api["volumeMounts"]).toContainEqual({ name: "secrets", mountPath: "/etc/paved/secrets", readOnly: true });
    expect(api["env"]).toContainEqual({ name: "SECRET_FILES_DIRECTORY", value: "/etc/paved/secrets" });
    expect(JSON.stringify(container(build(minimal)))).not.toContain("SECRET_FILES");
  });

  describe("pods start anew", () => {
    interface Template {
      readonly spec: { readonly template: { readonly metadata: { readonly annotations: Record<string, string> } } };
    }
    const settings = (more: Partial<NodeApiProps>, also?: (api: NodeApi) => void) =>
      only<Template>(build({ ...minimal, ...more }, { also }), "Deployment").spec.template.metadata.annotations[
        "paved.dev/settings"
      ];

    test.each([
      ["a database", { database: { size: "small" } }],
      ["a cache", { cache: { size: "small" } }],
      ["a bucket", { bucket: true }],
      ["a topic", { topic: true }],
      ["a queue", { queue: {} }],
      ["a secret", { secrets: ["stripe-api-key"] }],
    ] as const)("for %s that they did not have", (_what, more) => {
      expect(settings(more)).not.toBe(settings({}));
    });

    test("for another value of what they have, and for what is another's", () => {
      expect(settings({ queue: { visibilitySeconds: 90 } })).not.toBe(settings({ queue: {} }));
      expect(settings({}, (api) => api.readFrom({ serviceName: "ledger" }))).not.toBe(settings({}));
    });

    test("and for nothing else", () => {
      expect(settings({ size: "large", scale: { min: 2, max: 4 } })).toBe(settings({}));
    });
  });

  test("internet lets HTTPS out, but not to the networks around", () => {
    const { egress } = policy(build({ ...minimal, internet: true }));
    expect(egress).toEqual([
      {
        to: [
          {
            ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"] },
          },
        ],
        ports: [{ protocol: "TCP", port: 443 }],
      },
    ]);
  });
});

describe("wrong input", () => {
  const codes = (props: NodeApiProps) => refusals(() => build(props));
  const wrong = (change: Record<string, unknown>) => ({ ...minimal, ...change }) as NodeApiProps;

  test.each(["orders:latest", "orders:1.4.2", `orders@sha256:${"a".repeat(64)}`, "Orders", "", "orders image"])(
    "fails with PVD1003 on the image %p",
    (image) => {
      expect(codes(wrong({ image }))).toEqual(["PVD1003 image"]);
    },
  );

  test("the fix for an image by tag is the repository without it", () => {
    expect(() => build(wrong({ image: "commerce/orders:latest" }))).toThrow(
      'got "commerce/orders:latest", want an image repository without tag or digest: digests come from releases.json, and never move; write "commerce/orders"',
    );
  });

  test.each([
    ["size", { size: "smal" }],
    ["database.size", { database: { size: "xxl" } }],
    ["cache.size", { cache: { size: "xxl" } }],
  ])("fails with PVD1017 when %s is unknown", (field, change) => {
    expect(codes(wrong(change))).toEqual([`PVD1017 ${field}`]);
  });

  test.each([
    ["port", { port: 80 }],
    ["port", { port: 8080.5 }],
    ["port", { port: -1.888154589709072e289 }],
    ["scale", { scale: { min: 3, max: 2 } }],
    ["scale", { scale: { min: 0, max: 2 } }],
    ["config", { config: { "lower-case": "x" } }],
    ["resources.memory", { resources: { memory: "lots" } }],
    ["dev-orders/api objectives.availability", { objectives: { availability: 101 } }],
    ["dev-orders/api objectives.latencyMs", { objectives: { latencyMs: 123 } }],
    ["database.size", { database: {} }],
    ["replicas", { replicas: { min: 1, max: 2 } }],
    ["queue.visibility", { queue: { visibility: 60 } }],
    ["environments.prod", { environments: { prod: {} } }],
    ["queue.attempts", { queue: { attempts: 0 } }],
    ["config", { config: { PORT: "1" } }],
    ["config", { config: { STRIPE_API_KEY: "x" } }],
    ["config", { config: { PASSWORD: "x" } }],
    ["config.ADDRESS", { config: { ADDRESS: "${TfToken[TOKEN.1]}" } }],
    ["secrets", { secrets: ["sk_live_51H"] }],
    ["secrets", { secrets: ["api-key", "api-key"] }],
    ["health.live", { health: { live: "live", ready: "/ready" } }],
    ["environments.production.cache", { environments: { production: { cache: { size: "small" } } } }],
    ["environments.production.database", { environments: { production: { database: { size: "small" } } } }],
  ])("fails with PVD1025 when %s is wrong: %j", (field, change) => {
    expect(codes(wrong(change))).toEqual([`PVD1025 ${field}`]);
  });

  test("an option that nobody reads is refused, with the one that was meant", () => {
    expect(() => build(wrong({ secret: ["stripe-api-key"] }))).toThrow(
      /orders\.ts secret: got .*did you mean secrets\?/,
    );
  });

  test.each([
    ["size", { size: "x" }, "PVD1017 environments.dev.size"],
    ["database size", { database: { size: "x" } }, "PVD1017 environments.dev.database.size"],
    ["scale", { scale: { min: 3, max: 2 } }, "PVD1025 environments.dev.scale"],
    ["memory", { resources: { memory: "3" } }, "PVD1025 environments.dev.resources.memory"],
  ])("a wrong %s of an environment is said to be there", (_what, dev, finding) => {
    expect(codes(wrong({ database: { size: "small" }, environments: { dev } }))).toEqual([finding]);
  });

  test("options that are no object are refused in words, without an empty field", () => {
    expect(() => build(null as unknown as NodeApiProps)).toThrow(
      "PVD1025 stacks/services/orders.ts: got nothing, want an object with fields; correct it",
    );
    expect(() => build(wrong({ scale: 5 }))).toThrow(/PVD1025 .*scale: got a number, want an object with fields/);
  });

  test("a value of the wrong sort is not repeated: it may be a secret in the wrong place", () => {
    expect(() => build(wrong({ database: "hunter2" }))).toThrow(/PVD1025 .*database: got a string/);
    expect(() => build(wrong({ database: "hunter2" }))).not.toThrow(/hunter2/);
  });

  test("a secret that is written out is named, and never repeated", () => {
    const leak = wrong({ config: { STRIPE_API_KEY: "hunter2" }, secrets: ["Sesame-open-42"] });
    expect(() => build(leak)).toThrow('write secrets: ["stripe-api-key"] instead');
    expect(() => build(leak)).not.toThrow(/hunter2|Sesame-open-42/);
  });

  test.each(["TOKEN_LIFETIME", "KEYSPACE", "MONKEY", "SECRETS_DIRECTORY"])("a setting may be named %s", (name) => {
    expect(() => build({ ...minimal, config: { [name]: "x" } })).not.toThrow();
  });

  test.each([
    ["orders", "/orders"],
    ["/", "/orders"],
    ["/Orders", "/orders"],
    ["/a b", "/orders"],
    ["//", "/orders"],
    ["/shop/", "/shop"],
    ["/shop//cart", "/shop/cart"],
    ["/shop/-", "/orders"],
  ])("fails with PVD1025 on the path %p, which is better written %p", (path, better) => {
    expect(() => build(minimal, { also: (api) => api.exposeAt(path) })).toThrow(
      `PVD1025 stacks/services/orders.ts exposeAt: got "${path}", want a path as /orders or /orders/v2: lower-case letters, digits, hyphens and single slashes, none at the end; write "${better}"`,
    );
  });

  test.each(["x", "/x"])(
    "fails with PVD1025 on a path that begins with %p and is longer than routes take, in short",
    (start) => {
      const path = start.padEnd(1_000_000, "x");
      const exposed = () => build(minimal, { also: (api) => api.exposeAt(path) });
      expect(exposed).toThrow(/^PVD1025 [^]{100,500}; write "\/orders"$/);
    },
  );

  test("fails with PVD1038 when the owner has no role in the environment, naming the teams that have", () => {
    expect(() => build(minimal, { service: { ...orders, owner: "comerce" } })).toThrow(
      /^PVD1038 stacks\/services\/orders\.ts owner: got "comerce".*commerce, growth, payments.*did you mean commerce\?/,
    );
  });

  test("fails with PVD1006 when the service's name is too long for what is derived from it, naming the limit", () => {
    const service = { ...orders, name: "o".repeat(60) };
    expect(() => build({ ...minimal, database: { size: "small" } }, { service })).toThrow(
      /^PVD1006 .*want at most \d+; shorten/,
    );
  });

  test("everything that is wrong is said at once", () => {
    expect(codes(wrong({ image: "orders:latest", port: 80, size: "huge" }))).toEqual([
      "PVD1003 image",
      "PVD1017 size",
      "PVD1025 port",
    ]);
  });
});
