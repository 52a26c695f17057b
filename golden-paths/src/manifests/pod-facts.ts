import type { Environment, ServiceMetadata, Size } from "@paved/model";

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
  /** Port the container listens on. */
  readonly port: number;
  readonly size: Size;
  readonly replicas: { readonly min: number; readonly max: number };
  readonly serviceAccountName: string;
  /** Name of the ConfigMap that OpenTofu writes. */
  readonly infrastructureConfig: string;
  /** Static settings, as environment variables. */
  readonly config: Readonly<Record<string, string>>;
  /** Secret names below `paved/<environment>/<service>/`. */
  readonly secrets: readonly string[];
  readonly health: { readonly live: string; readonly ready: string };
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
