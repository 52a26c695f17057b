import type { Environment, ServiceMetadata } from "@paved/model";
import type { IIoK8sApiCoreV1Probe as Probe } from "kubernetes-models/v1/Probe";

/** CPU and memory of each pod, as Kubernetes quantities. */
export interface PodResources {
  /** CPU it is promised. */
  readonly cpu: string;
  /** Memory it is promised, and may not exceed. */
  readonly memory: string;
  /** CPU it may use when there is some to spare. */
  readonly cpuLimit: string;
}

/** A port that the container listens on. */
export interface PodPort {
  readonly name: "http" | "grpc" | "metrics" | "health";
  readonly number: number;
}

/** A secret by reference. */
export interface PodSecret {
  /** Environment variable that carries it, for example `STRIPE_API_KEY`. */
  readonly variable: string;
  /** Where Secrets Manager keeps it: `paved/<environment>/<service>/<name>`. */
  readonly path: string;
}

/** What the manifests of one workload are made from: plain values, no construct. */
export interface PodFacts {
  /** Construct path, named in errors. */
  readonly where: string;
  readonly service: ServiceMetadata;
  readonly environment: Environment;
  /** Name of every object of the workload, and of its namespace. */
  readonly name: string;
  /** Full image reference by digest. */
  readonly image: string;
  /** Where callers reach it, and what it speaks there. @default - nobody calls it */
  readonly port?: PodPort;
  /** Where it is asked for its health, when that is a port of its own. @default - the port above */
  readonly healthPort?: PodPort;
  /** Whether it has a certificate of its own, to show to those it calls and is called by. */
  readonly certified: boolean;
  /** Whether it signs in to databases, and so needs to know whom to trust. */
  readonly trustsDatabases: boolean;
  /** Where Prometheus reads `/metrics`, which may be the port above. */
  readonly metricsPort: PodPort;
  readonly resources: PodResources;
  readonly serviceAccountName: string;
  /** Name of the ConfigMap that OpenTofu writes. */
  readonly infrastructureConfig: string;
  /** Changes with what stands in that ConfigMap and which secrets there are, as far as synth knows. */
  readonly settings: string;
  /** Static settings, as environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Secrets it reads. */
  readonly secrets: readonly PodSecret[];
  /** How it is asked whether it started, lives and is ready. @default - a job: it ends by itself */
  readonly probes?: { readonly live: Probe; readonly ready: Probe };
  /** Seconds that a pod is waited for when it is to end. */
  readonly graceSeconds: number;
  /** Seconds that it goes on serving before it is told to end, until no new requests come. */
  readonly drainSeconds: number;
}

/** Labels that select the pods of a workload. They never change: a Deployment's selector is immutable. */
export function selector(facts: Pick<PodFacts, "name">): Record<string, string> {
  return { "app.kubernetes.io/name": facts.name };
}

/** Metadata of each object of the workload. */
export function metadata(facts: Pick<PodFacts, "name" | "service">): {
  name: string;
  namespace: string;
  labels: Record<string, string>;
} {
  return {
    name: facts.name,
    namespace: facts.service.name,
    labels: {
      ...selector(facts),
      "app.kubernetes.io/part-of": facts.service.name,
      "app.kubernetes.io/managed-by": "paved",
      "backstage.io/kubernetes-id": facts.service.name,
      "paved.dev/owner": facts.service.owner,
      "paved.dev/tier": String(facts.service.tier),
    },
  };
}
