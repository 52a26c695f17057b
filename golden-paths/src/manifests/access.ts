import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { PodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { Service } from "kubernetes-models/v1/Service";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts, type PodPort, selector } from "./pod-facts";
import { SECRET_STORE } from "./platform";

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

/**
 * One name for the pods that resolves to each of them, so that clients spread their calls over all (gRPC keeps connections open).
 * @param tls whether the port speaks TLS alone; who reads what it speaks must not send HTTP/2 in the clear
 */
export function headlessService(facts: PodFacts, port: PodPort, tls: boolean): Manifest {
  const appProtocol = tls ? "https" : "kubernetes.io/h2c";
  const model = new Service({
    metadata: metadata(facts),
    spec: {
      type: "ClusterIP",
      clusterIP: "None",
      selector: selector(facts),
      ports: [{ name: "grpc", port: port.number, targetPort: "grpc", protocol: "TCP", appProtocol }],
    },
  });
  return rendered(model, facts.where);
}

/** Name of what copies the secrets of a workload, and of the Secret that it makes. */
export function externalSecretName({ name }: Pick<PodFacts, "name">): string {
  return `${name}-secrets`;
}

/** Copies secrets from Secrets Manager into the namespace. Only their names are in Git. */
export function externalSecret(facts: PodFacts): Manifest {
  const model = new ExternalSecret({
    metadata: { ...metadata(facts), name: externalSecretName(facts) },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: SECRET_STORE.kind, name: SECRET_STORE.name },
      target: { name: externalSecretName(facts), creationPolicy: "Owner" },
      data: facts.secrets.map(({ variable, path }) => ({ secretKey: variable, remoteRef: { key: path } })),
    },
  });
  return rendered(model, facts.where);
}

const METRICS = { path: "/metrics", interval: "30s" } as const;

/** Has Prometheus read `/metrics` of the pods behind the service. */
export function serviceMonitor(facts: PodFacts): Manifest {
  const model = new ServiceMonitor({
    metadata: metadata(facts),
    spec: { selector: { matchLabels: selector(facts) }, endpoints: [{ port: facts.metricsPort.name, ...METRICS }] },
  });
  return rendered(model, facts.where);
}

/** Has Prometheus read `/metrics` of pods that no service leads to. */
export function podMonitor(facts: PodFacts): Manifest {
  const model = new PodMonitor({
    metadata: metadata(facts),
    spec: {
      selector: { matchLabels: selector(facts) },
      podMetricsEndpoints: [{ port: facts.metricsPort.name, ...METRICS }],
    },
  });
  return rendered(model, facts.where);
}
