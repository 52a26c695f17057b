import { asText, at, blocks, shown } from "../rule/attributes";
import { gateway, gatewayClass, loadBalancer, route } from "../rule/gateway-shapes";
import { type Attributes, type ManifestRule, manifestRule } from "../rule/rule";

const served = (spec: Attributes): object => ({
  kind: "Gateway",
  metadata: { name: "public" },
  spec: {
    gatewayClassName: "aws-alb",
    infrastructure: { parametersRef: { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration", name: "public" } },
    listeners: [
      {
        name: "https",
        protocol: "HTTPS",
        hostname: "production.example.com",
        allowedRoutes: {
          namespaces: {
            from: "Selector",
            selector: { matchExpressions: [{ key: "paved.dev/service", operator: "Exists" }] },
          },
        },
        ...spec,
      },
    ],
  },
});

const configured = (sslPolicy: string, ...enabled: readonly string[]): object => ({
  kind: "LoadBalancerConfiguration",
  metadata: { name: "public" },
  spec: {
    listenerConfigurations: [{ protocolPort: "HTTPS:443", sslPolicy }],
    loadBalancerAttributes: enabled.map((key) => ({ key, value: "true" })),
  },
});

const routed = (spec: Attributes): object => ({
  kind: "HTTPRoute",
  metadata: { name: "orders", namespace: "orders" },
  spec: { parentRefs: [{ name: "public", namespace: "gateway" }], ...spec },
});

/** Rules on how requests get in from outside. */
export const gatewayRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-NET-006",
    title: "The gateway speaks TLS alone, for names that are its own",
    severity: "high",
    source: "CIS EKS 1.8 5.4.5; Security Hub ELB.1; CKV_AWS_2, CKV_AWS_103",
    why: "Whoever is on the way reads and changes what comes over plain HTTP.",
    want: "a gateway of class aws-alb with the platform's parameters, and HTTPS listeners for hosts of the environment's domain: services at the domain and at grpc.…, one namespace by its name at any other",
    fix: "leave the gateway as the platform makes it",
    judges: ["Gateway", "GatewayClass"],
    check: ({ kind, manifest, environment }) =>
      (kind === "Gateway" ? gateway(environment) : gatewayClass)(manifest["spec"], ""),
    fails: [served({ protocol: "HTTP" })],
    passes: [served({})],
  }),
  manifestRule({
    id: "K8S-NET-007",
    title: "The load balancer of a gateway speaks TLS 1.2 or later, and writes down who came",
    severity: "medium",
    source: "Security Hub ELB.4, ELB.5, ELB.6, ELB.17; CKV_AWS_91, CKV_AWS_103, CKV_AWS_131, CKV_AWS_150",
    why: "Older versions of TLS are broken, and an attack can be seen nowhere else.",
    want: "HTTPS:443 with an sslPolicy ELBSecurityPolicy-TLS13-1-2…, -1-2-Res… or -1-3…, the environment's bucket of access logs, no groups or ranges of its own, and the attributes access_logs.s3.enabled, deletion_protection.enabled where protected, and drop_invalid_header_fields true",
    fix: "leave the gateway as the platform makes it",
    judges: ["LoadBalancerConfiguration"],
    check: ({ manifest, environment }) => {
      const attributes = new Map(
        blocks(at(manifest, "spec.loadBalancerAttributes")).map(({ key, value }) => [asText(key), asText(value)]),
      );
      const wanted = ["access_logs.s3.enabled", "routing.http.drop_invalid_header_fields.enabled"];
      const all = environment.protected ? [...wanted, "deletion_protection.enabled"] : wanted;
      return [
        ...loadBalancer(environment)(manifest["spec"], ""),
        ...all
          .filter((name) => attributes.get(name) !== "true")
          .map((name) => ({ got: `${name} is ${shown(attributes.get(name))}` })),
      ];
    },
    fails: [configured("ELBSecurityPolicy-2016-08")],
    passes: [
      configured(
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "access_logs.s3.enabled",
        "deletion_protection.enabled",
        "routing.http.drop_invalid_header_fields.enabled",
      ),
    ],
  }),
  manifestRule({
    id: "K8S-NET-008",
    title: "A route is for a name, at a gateway",
    severity: "high",
    source: "Gateway API, security model",
    why: "A route without a name answers for every name of the gateway, other teams' included; a filter sends requests on to anybody.",
    want: "the gateway public as parent, hostnames of the environment's domain without *, Services of its own namespace behind it, and no filters",
    fix: "expose the service with exposeAt",
    judges: ["HTTPRoute", "GRPCRoute"],
    check: ({ manifest, environment }) => route(environment, at(manifest, "metadata.namespace"))(manifest["spec"], ""),
    fails: [routed({ hostnames: ["*.example.com"] })],
    passes: [routed({ hostnames: ["production.example.com"] })],
  }),
];
