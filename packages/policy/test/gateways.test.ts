import { brokenByUnit } from "./broken-by";

const selector = { matchExpressions: [{ key: "paved.dev/service", operator: "Exists" }] };
const listener = {
  name: "https",
  protocol: "HTTPS",
  port: 443,
  hostname: "production.example.com",
  allowedRoutes: { namespaces: { from: "Selector", selector } },
};
const gateway = (own: object, spec: object = {}): object => ({
  kind: "Gateway",
  metadata: { name: "public", namespace: "gateway" },
  spec: {
    gatewayClassName: "aws-alb",
    infrastructure: { parametersRef: { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration", name: "public" } },
    listeners: [{ ...listener, ...own }],
    ...spec,
  },
});
const route = (spec: object): object => ({
  kind: "HTTPRoute",
  metadata: { name: "orders", namespace: "orders" },
  spec: {
    parentRefs: [{ name: "public", namespace: "gateway" }],
    hostnames: ["production.example.com"],
    rules: [{ backendRefs: [{ name: "orders", port: 80 }] }],
    ...spec,
  },
});

test("a gateway of the platform's making keeps its rule", () => {
  expect(brokenByUnit("platform", gateway({}))).not.toContain("K8S-NET-006");
});

test.each([
  ["a name of nobody", gateway({ hostname: "shop.example.net" })],
  ["every name below its domain", gateway({ hostname: "*.production.example.com" })],
  ["TLS that it does not end", gateway({ tls: { mode: "Passthrough" } })],
  ["another's parameters", gateway({}, { infrastructure: { parametersRef: { name: "open" } } })],
  ["listeners that others add", gateway({}, { allowedListeners: { namespaces: { from: "All" } } })],
  ["services at the host of an add-on", gateway({ hostname: "grafana.production.example.com" })],
])("fails K8S-NET-006 with %s", (_, manifest) => {
  expect(brokenByUnit("platform", manifest)).toContain("K8S-NET-006");
});

test("fails K8S-NET-006 with a class that another controller serves", () => {
  const manifest = { kind: "GatewayClass", metadata: { name: "x" }, spec: { controllerName: "example.net/x" } };
  expect(brokenByUnit("platform", manifest)).toContain("K8S-NET-006");
});

test.each([
  ["TLS policies with ciphers without forward secrecy", { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" }],
  ["plain HTTP", { protocolPort: "HTTP:80" }],
])("fails K8S-NET-007 with %s", (_, own) => {
  const listening = { protocolPort: "HTTPS:443", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", ...own };
  const spec = { listenerConfigurations: [listening], loadBalancerAttributes: [] };
  const manifest = { kind: "LoadBalancerConfiguration", metadata: { name: "public" }, spec };
  expect(brokenByUnit("platform", manifest)).toContain("K8S-NET-007");
});

test("fails K8S-NET-007 with access logs in another's bucket", () => {
  const loadBalancerAttributes = [{ key: "access_logs.s3.bucket", value: "elsewhere" }];
  const manifest = {
    kind: "LoadBalancerConfiguration",
    metadata: { name: "public" },
    spec: { loadBalancerAttributes },
  };
  expect(brokenByUnit("platform", manifest)).toContain("K8S-NET-007");
});

test("a route to its own Service keeps its rule", () => {
  expect(brokenByUnit("orders", route({}))).not.toContain("K8S-NET-008");
});

test.each([
  ["a name of nobody", { hostnames: ["example.net"] }],
  ["another gateway", { parentRefs: [{ name: "own", namespace: "orders" }] }],
  ["a Service of another namespace", { rules: [{ backendRefs: [{ name: "x", namespace: "payments" }] }] }],
  ["a backend that is no Service", { rules: [{ backendRefs: [{ kind: "Bucket", name: "x" }] }] }],
  ["a copy of all requests", { rules: [{ filters: [{ type: "RequestMirror" }] }] }],
])("fails K8S-NET-008 with %s", (_, spec) => {
  expect(brokenByUnit("orders", route(spec))).toContain("K8S-NET-008");
});
