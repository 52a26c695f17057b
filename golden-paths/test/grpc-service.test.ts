import { GrpcService, type GrpcServiceProps, NodeApi, TrafficLedger, grpcService } from "../src";
import { itIsAGoldenPath } from "./every-path";
import { buildService, dev, type FixtureOptions, only, orders, production, refusals } from "./service-fixture";

const minimal: GrpcServiceProps = { image: "commerce/pricing" };

const everything: GrpcServiceProps = {
  image: "commerce/pricing",
  port: 7000,
  metricsPort: 7001,
  deadlineMs: 250,
  attempts: 5,
  size: "medium",
  scale: { min: 2, max: 5 },
  cache: { size: "small" },
  config: { CURRENCY: "EUR" },
  secrets: ["rates-login"],
};

const build = (props: GrpcServiceProps, options: FixtureOptions<GrpcService> = {}) =>
  buildService((stack) => new GrpcService(stack, "grpc", props), options);

interface Deployed {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Record<string, unknown>[] } } };
}
const container = (built: Pick<ReturnType<typeof build>, "manifests">) =>
  only<Deployed>(built, "Deployment").spec.template.spec.containers[0] as Record<string, unknown>;

itIsAGoldenPath<GrpcServiceProps, GrpcService>(grpcService, {
  id: "grpc",
  minimal,
  everything,
  also: (service) => void service.exposeAt("pricing.v1.Pricing"),
});

test("is asked for health by gRPC's own protocol", () => {
  expect(container(build(everything))).toMatchObject({
    startupProbe: { grpc: { port: 7000 } },
    livenessProbe: { grpc: { port: 7000 } },
    readinessProbe: { grpc: { port: 7000 } },
  });
});

test("its name resolves to each pod, so that callers spread their calls", () => {
  expect(only(build(minimal), "Service")).toMatchObject({
    spec: { clusterIP: "None", ports: [{ port: 9090, appProtocol: "kubernetes.io/h2c" }] },
  });
});

test("with mutualTls its port is said to speak TLS, and not HTTP/2 in the clear", () => {
  expect(only(build({ ...minimal, mutualTls: true }), "Service")).toMatchObject({
    spec: { ports: [{ port: 9090, appProtocol: "https" }] },
  });
});

test("it is told to end connections now and then, so that callers find pods that were added", () => {
  const { env } = container(build(minimal)) as unknown as { env: { name: string; value: string }[] };
  expect(env).toContainEqual({ name: "GRPC_MAX_CONNECTION_AGE_MS", value: "300000" });
  expect(env).toContainEqual({ name: "GRPC_MAX_CONNECTION_AGE_GRACE_MS", value: "30000" });
});

test("its metrics are read over HTTP at a port of their own, by Prometheus alone", () => {
  const built = build(minimal);
  expect(container(built)["ports"]).toContainEqual({ name: "metrics", containerPort: 9464, protocol: "TCP" });
  expect(only(built, "PodMonitor")).toMatchObject({ spec: { podMetricsEndpoints: [{ port: "metrics" }] } });
  const { ingress } = only<{ spec: { ingress: { ports: { port: number }[] }[] } }>(built, "NetworkPolicy").spec;
  expect(ingress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([9464]);
});

test("reflection is off where the environment is protected, and nowhere else", () => {
  const env = (environment: typeof dev | typeof production) => container(build(minimal, { environment }))["env"];
  expect(env(dev)).toContainEqual({ name: "GRPC_REFLECTION", value: "on" });
  expect(env(production)).toContainEqual({ name: "GRPC_REFLECTION", value: "off" });
});

describe("callers", () => {
  const traffic = new TrafficLedger();
  const pricing = build(everything, {
    service: { ...orders, name: "pricing" },
    traffic,
    also: (service) => void service.allowFrom({ serviceName: "orders" }),
  });
  const caller = buildService((stack) => new NodeApi(stack, "api", { image: "commerce/orders", port: 8080 }), {
    traffic,
  });
  const variables = new Map(
    (container(caller)["env"] as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );

  test("find it by a name that gRPC resolves to each pod", () => {
    expect(variables.get("PRICING_GRPC_TARGET")).toBe("dns:///pricing.pricing.svc.cluster.local:7000");
  });

  test("get its deadline, retries and balancing as a service config", () => {
    expect(JSON.parse(variables.get("PRICING_GRPC_SERVICE_CONFIG") ?? "")).toEqual({
      loadBalancingConfig: [{ round_robin: {} }],
      methodConfig: [
        {
          name: [{}],
          timeout: "0.25s",
          retryPolicy: {
            maxAttempts: 5,
            initialBackoff: "0.1s",
            maxBackoff: "1s",
            backoffMultiplier: 2,
            retryableStatusCodes: ["UNAVAILABLE"],
          },
        },
      ],
      retryThrottling: { maxTokens: 10, tokenRatio: 0.1 },
    });
  });

  test("reach it at its gRPC port, and at no other", () => {
    const { ingress } = only<{ spec: { ingress: { from: object[]; ports: { port: number }[] }[] } }>(
      pricing,
      "NetworkPolicy",
    ).spec;
    expect(ingress[1]).toMatchObject({
      from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "orders" } } }],
      ports: [{ port: 7000 }],
    });
  });

  test("with one attempt are told of no retry", () => {
    const once = new TrafficLedger();
    build(
      { ...minimal, attempts: 1 },
      {
        service: { ...orders, name: "pricing" },
        traffic: once,
        also: (service) => void service.allowFrom({ serviceName: "orders" }),
      },
    );
    expect(once.variablesFor("orders")["PRICING_GRPC_SERVICE_CONFIG"]).not.toContain("retryPolicy");
  });
});

test("exposeAt routes the calls of one gRPC service over HTTP/2, and asks pods for gRPC health", () => {
  let url = "";
  const built = build(minimal, { also: (service) => (url = service.exposeAt("pricing.v1.Pricing").url) });
  expect(url).toBe("https://grpc.dev.paved.example.com/pricing.v1.Pricing");
  expect(only(built, "GRPCRoute")).toMatchObject({
    spec: {
      hostnames: ["grpc.dev.paved.example.com"],
      rules: [{ matches: [{ method: { type: "Exact", service: "pricing.v1.Pricing" } }] }],
    },
  });
  expect(only(built, "TargetGroupConfiguration")).toMatchObject({
    spec: {
      defaultConfiguration: {
        protocolVersion: "GRPC",
        healthCheckConfig: { healthCheckPath: "/grpc.health.v1.Health/Check", matcher: { grpcCode: "0" } },
      },
    },
  });
});

describe("with mutual TLS", () => {
  const traffic = new TrafficLedger();
  const pricing = build(
    { ...minimal, mutualTls: true },
    {
      service: { ...orders, name: "pricing" },
      environment: production,
      traffic,
      also: (service) => void service.allowFrom({ serviceName: "orders" }),
    },
  );
  const caller = buildService((stack) => new NodeApi(stack, "api", { image: "commerce/orders", port: 8080 }), {
    environment: production,
    traffic,
  });
  interface Certified {
    readonly metadata: { readonly name: string };
    readonly spec: Record<string, unknown>;
  }

  test("it has a certificate that names it, and nobody else", () => {
    expect(only<Certified>(pricing, "Certificate")).toMatchSnapshot("certificate");
  });

  test.each([
    ["the service", pricing, "pricing-tls"],
    ["its caller", caller, "orders-tls"],
  ])("%s finds its certificate in files that only it can read", (_, built, secretName) => {
    expect(only<Certified>(built, "Certificate").metadata.name).toBe(secretName);
    const { volumes } = only<Deployed & { spec: { template: { spec: { volumes: object[] } } } }>(built, "Deployment")
      .spec.template.spec;
    expect(volumes).toContainEqual({ name: "tls", secret: { secretName, defaultMode: 0o440 } });
    expect(container(built)["volumeMounts"]).toContainEqual({
      name: "tls",
      mountPath: "/etc/paved/tls",
      readOnly: true,
    });
    expect(container(built)["env"]).toEqual(
      expect.arrayContaining([
        { name: "TLS_CERT_FILE", value: "/etc/paved/tls/tls.crt" },
        { name: "TLS_KEY_FILE", value: "/etc/paved/tls/tls.key" },
        { name: "TLS_CA_FILE", value: "/etc/paved/tls/ca.crt" },
      ]),
    );
  });

  test("it is asked for health at a port without TLS, which no policy opens to others", () => {
    expect(container(pricing)).toMatchObject({
      startupProbe: { grpc: { port: 9465 } },
      ports: [{ containerPort: 9090 }, { containerPort: 9464 }, { name: "health", containerPort: 9465 }],
    });
    expect(container(pricing)["env"]).toContainEqual({ name: "HEALTH_PORT", value: "9465" });
    expect(JSON.stringify(only(pricing, "NetworkPolicy"))).not.toContain("9465");
  });

  test("who neither serves nor calls with it has no certificate", () => {
    const alone = build(minimal);
    expect(alone.manifests.filter(({ kind }) => kind === "Certificate")).toEqual([]);
    expect(JSON.stringify(alone.manifests)).not.toContain("TLS_CERT_FILE");
  });

  test("fails with PVD1025 when it is exposed to the outside, which has no certificate", () => {
    const exposed = () =>
      build({ ...minimal, mutualTls: true }, { also: (service) => void service.exposeAt("pricing.v1.Pricing") });
    expect(exposed).toThrow(/PVD1025 .*exposeAt: got a service with mutualTls/);
  });
});

describe("wrong input", () => {
  test.each([
    ["healthPort", { healthPort: 9465 }],
    ["healthPort", { mutualTls: true, healthPort: 9464 }],
    ["config", { config: { TLS_CERT_FILE: "/tmp/mine" } }],
    ["port", { port: 80 }],
    ["metricsPort", { metricsPort: 80 }],
    ["metricsPort", { port: 9464 }],
    ["deadlineMs", { deadlineMs: 0 }],
    ["attempts", { attempts: 6 }],
    ["config", { config: { GRPC_REFLECTION: "on" } }],
    ["config", { config: { GRPC_MAX_CONNECTION_AGE_MS: "0" } }],
    ["config", { config: { GRPC_MAX_CONNECTION_AGE_GRACE_MS: "0" } }],
    ["scale", { scale: { min: 0, max: 2 } }],
  ])("fails with PVD1025 when %s is wrong: %j", (field, change) => {
    expect(refusals(() => build({ ...minimal, ...change }))).toEqual([`PVD1025 ${field}`]);
  });

  test.each(["/pricing", "pricing", "pricing.v1.pricing", "pricing..Pricing", "a.B/c"])(
    "fails with PVD1025 when exposed at %p",
    (name) => {
      const exposed = () => build(minimal, { also: (service) => void service.exposeAt(name) });
      expect(exposed).toThrow(/PVD1025 .*exposeAt: got .*want package and service as in the proto file/);
    },
  );

  test("fails with PVD1025 when exposed at a name that is longer than routes take", () => {
    const name = `pricing.v1.${"P".repeat(1014)}`;
    expect(() => build(minimal, { also: (service) => void service.exposeAt(name) })).toThrow(/^PVD1025 /);
    expect(() => build(minimal, { also: (service) => void service.exposeAt(name.slice(1)) })).not.toThrow();
  });
});
