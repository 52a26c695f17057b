import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { GATEWAY, httpHealth, type Manifest, rendered, targetGroupConfiguration } from "@paved/golden-paths";
import type { Environment } from "@paved/model";
import { CORE_DNS, GRAFANA, grafanaHost, MONITORING_NAMESPACE, POD_IDENTITY_AGENT, subnetsOf } from "@paved/modules";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { GRAFANA_LISTENER } from "./listeners";
import { platformSecret } from "./secret";

const metadata = { name: GRAFANA.name, namespace: MONITORING_NAMESPACE };

/**
 * How people get to the environment's Grafana: its route, where the load balancer asks for its health, who may speak to it,
 * and what it proves itself with to the provider that people sign in at.
 */
export function grafanaManifests(environment: Environment, where: string): readonly Manifest[] {
  const { name, key } = GRAFANA.signInSecret;
  const data = { [key]: environment.signIn.clientSecret };
  const models = [
    route(environment),
    reach(environment),
    platformSecret(environment, { name, namespace: MONITORING_NAMESPACE, data }),
  ];
  return [
    ...models.map((model) => rendered(model, where)),
    targetGroupConfiguration(metadata, httpHealth("/api/health")),
  ];
}

function route(environment: Environment): HTTPRoute {
  return new HTTPRoute({
    metadata,
    spec: {
      parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace, sectionName: GRAFANA_LISTENER }],
      hostnames: [grafanaHost(environment)],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ name: GRAFANA.name, port: 80 }],
        },
      ],
    },
  });
}

/** Prometheus, and Alertmanager. */
const ASKED_PORTS = [9090, 9093];

const monitoring = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } } };
const tcp = (port: number) => ({ protocol: "TCP" as const, port });

/**
 * Lets the load balancer in, from the public subnets that it stands in, and Prometheus. It gets out to what it shows: it
 * stands on the internet, and whoever signed in may have it ask a source of his own.
 */
function reach({ network }: Environment): NetworkPolicy {
  const loadBalancer = subnetsOf(network.cidr, network.zones.length).public;
  return new NetworkPolicy({
    metadata,
    spec: {
      podSelector: { matchLabels: { "app.kubernetes.io/name": GRAFANA.name } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [...loadBalancer.map((cidr) => ({ ipBlock: { cidr } })), monitoring], ports: [tcp(GRAFANA.port)] },
      ],
      egress: [
        { to: [CORE_DNS], ports: [{ protocol: "UDP", port: 53 }, tcp(53)] },
        { to: [monitoring], ports: ASKED_PORTS.map(tcp) },
        { to: [{ ipBlock: { cidr: POD_IDENTITY_AGENT.cidr } }], ports: [tcp(POD_IDENTITY_AGENT.port)] },
        // CloudWatch, the provider of sign-in, and the cluster's API, which has the dashboards; the nodes' credentials never.
        { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }], ports: [tcp(443)] },
      ],
    },
  });
}
