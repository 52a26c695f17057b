import { GRPCRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GRPCRoute";
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { grpcHost } from "@paved/modules";
import type { Route } from "../service/traffic";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts, type PodPort } from "./pod-facts";
import { GATEWAY } from "./platform";

function attached(host: string) {
  return { parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace }], hostnames: [host] };
}

/** Lets requests to the environment's domain below the routes' paths through to the service. */
export function httpRoute(facts: PodFacts, routes: readonly Route[]): Manifest {
  const model = new HTTPRoute({
    metadata: metadata(facts),
    spec: {
      ...attached(facts.environment.domain),
      rules: routes.map((route) => ({
        matches: [{ path: { type: "PathPrefix", value: route.path } }],
        backendRefs: [{ name: facts.name, port: 80 }],
      })),
    },
  });
  return rendered(model, facts.where);
}

/** Lets calls of the gRPC services (`/<package>.<Service>`) at the environment's host for them through, over HTTP/2. */
export function grpcRoute(facts: PodFacts, port: PodPort, routes: readonly Route[]): Manifest {
  const model = new GRPCRoute({
    metadata: metadata(facts),
    spec: {
      ...attached(grpcHost(facts.environment)),
      rules: routes.map((route) => ({
        matches: [{ method: { type: "Exact", service: route.path.slice(1) } }],
        backendRefs: [{ name: facts.name, port: port.number }],
      })),
    },
  });
  return rendered(model, facts.where);
}
