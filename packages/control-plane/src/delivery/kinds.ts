import type { ApiClient } from "../api/api-client";
import type { ApplyOptions, KubernetesObject } from "../api/apply";
import { bringDefinitions } from "./definitions";

/** A kind that nobody publishes a definition of. */
interface Unpublished {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
}

const UNPUBLISHED: readonly Unpublished[] = [
  { group: "gateway.k8s.aws", version: "v1", kind: "LoadBalancerConfiguration", plural: "loadbalancerconfigurations" },
  { group: "gateway.k8s.aws", version: "v1", kind: "TargetGroupConfiguration", plural: "targetgroupconfigurations" },
];

/** Argo CD and Flux have their own kinds with them, of their own versions. */
const DELIVERERS = /\.(argoproj|toolkit\.fluxcd)\.io$/;

/**
 * Brings the kinds of the add-ons that manifests are of, and waits until the API server has them. Those of `gateway.k8s.aws`,
 * whose project publishes none, take anything.
 * @param definitions those that are published
 * @throws as {@link bringDefinitions} does
 */
export function bringAddOnKinds(
  client: ApiClient,
  definitions: readonly KubernetesObject[],
  options: Pick<ApplyOptions, "fieldManager" | "signal">,
): Promise<void> {
  const all = [...definitions.filter(({ metadata }) => !DELIVERERS.test(metadata.name)), ...UNPUBLISHED.map(open)];
  return bringDefinitions(client, all, options);
}

function open({ group, version, kind, plural }: Unpublished): KubernetesObject {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: "Namespaced",
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
