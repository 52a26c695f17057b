import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { Service } from "kubernetes-models/v1/Service";
import type { Route } from "../service/traffic";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts, selector } from "./pod-facts";
import { GATEWAY, SECRET_STORE } from "./platform";

/** One name and port for the pods, inside the cluster. */
export function service(facts: PodFacts): Manifest {
  const model = new Service({
    metadata: metadata(facts),
    spec: {
      type: "ClusterIP",
      selector: selector(facts),
      ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
    },
  });
  return rendered(model, facts.where);
}

/** Lets requests to the environment's domain below the routes' paths through to the service. */
export function httpRoute(facts: PodFacts, routes: readonly Route[]): Manifest {
  const model = new HTTPRoute({
    metadata: metadata(facts),
    spec: {
      parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace }],
      hostnames: [facts.environment.domain],
      rules: routes.map((route) => ({
        matches: [{ path: { type: "PathPrefix", value: route.path } }],
        backendRefs: [{ name: facts.name, port: 80 }],
      })),
    },
  });
  return rendered(model, facts.where);
}

/** Environment variable that carries a secret: `stripe-api-key` is `STRIPE_API_KEY`. */
export function secretVariable(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** Copies the named secrets from Secrets Manager into the namespace. Only their names are in Git. */
export function externalSecret(facts: PodFacts): Manifest {
  const model = new ExternalSecret({
    metadata: { ...metadata(facts), name: `${facts.name}-secrets` },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: SECRET_STORE.kind, name: SECRET_STORE.name },
      target: { name: `${facts.name}-secrets`, creationPolicy: "Owner" },
      data: facts.secrets.map((name) => ({
        secretKey: secretVariable(name),
        remoteRef: { key: `paved/${facts.environment.name}/${facts.service.name}/${name}` },
      })),
    },
  });
  return rendered(model, facts.where);
}

/** Has Prometheus read the service's `/metrics`. */
export function serviceMonitor(facts: PodFacts): Manifest {
  const model = new ServiceMonitor({
    metadata: metadata(facts),
    spec: {
      selector: { matchLabels: selector(facts) },
      endpoints: [{ port: "http", path: "/metrics", interval: "30s" }],
    },
  });
  return rendered(model, facts.where);
}
