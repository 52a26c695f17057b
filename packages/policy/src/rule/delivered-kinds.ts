import { asText, at } from "./attributes";
import type { Attributes, ManifestSubject } from "./rule";

/** What a unit of delivery may hold: kinds as `group/Kind`, of the core group by their names alone. */
export interface Deliverable {
  readonly namespaced: readonly string[];
  /** Kinds that have no namespace. */
  readonly clusterWide: readonly string[];
}

/** Namespaces that the platform delivers to. A service delivers to its own. */
export const PLATFORM_NAMESPACES: readonly string[] = [
  "argocd",
  "cert-manager",
  "database-access",
  "gateway",
  "monitoring",
];

/** What golden paths deliver. */
export const OF_TEAMS: Deliverable = {
  namespaced: [
    "ConfigMap",
    "Service",
    "apps/Deployment",
    "autoscaling/HorizontalPodAutoscaler",
    "batch/CronJob",
    "cert-manager.io/Certificate",
    "external-secrets.io/ExternalSecret",
    "gateway.k8s.aws/TargetGroupConfiguration",
    "gateway.networking.k8s.io/GRPCRoute",
    "gateway.networking.k8s.io/HTTPRoute",
    "keda.sh/ScaledObject",
    "monitoring.coreos.com/PodMonitor",
    "monitoring.coreos.com/PrometheusRule",
    "monitoring.coreos.com/ServiceMonitor",
    "networking.k8s.io/NetworkPolicy",
    "policy/PodDisruptionBudget",
  ],
  clusterWide: [],
};

/** What all services attach to. No kind here gives rights. */
export const OF_PLATFORM: Deliverable = {
  namespaced: [
    "ConfigMap",
    "ServiceAccount",
    "batch/Job",
    "cert-manager.io/Certificate",
    "external-secrets.io/ExternalSecret",
    "gateway.k8s.aws/LoadBalancerConfiguration",
    "gateway.k8s.aws/TargetGroupConfiguration",
    "gateway.networking.k8s.io/Gateway",
    "gateway.networking.k8s.io/HTTPRoute",
    "monitoring.coreos.com/PrometheusRule",
    "networking.k8s.io/NetworkPolicy",
  ],
  clusterWide: [
    "Namespace",
    "cert-manager.io/ClusterIssuer",
    "external-secrets.io/ClusterSecretStore",
    "gateway.networking.k8s.io/GatewayClass",
    "keda.sh/ClusterTriggerAuthentication",
  ],
};

/** The applications themselves. */
export const OF_ARGO_CD: Deliverable = {
  namespaced: ["argoproj.io/AppProject", "argoproj.io/Application"],
  clusterWide: [],
};

/** The same for Flux. */
export const OF_FLUX: Deliverable = { namespaced: ["kustomize.toolkit.fluxcd.io/Kustomization"], clusterWide: [] };

/** Units that are no service's, with what each holds, and the namespaces that it delivers to. */
const PLATFORM_UNITS: ReadonlyMap<string, { readonly holds: Deliverable; readonly namespaces: readonly string[] }> =
  new Map([
    ["platform", { holds: OF_PLATFORM, namespaces: PLATFORM_NAMESPACES }],
    ["_argocd", { holds: OF_ARGO_CD, namespaces: ["argocd"] }],
    ["_flux", { holds: OF_FLUX, namespaces: ["flux-system"] }],
  ]);

type Unit = Pick<ManifestSubject, "unit">;

/** Whether a unit is a service's. */
export const isTeams = ({ unit }: Unit): boolean => !PLATFORM_UNITS.has(unit);

/** Namespaces that a unit may deliver to: of a service its own. */
export const namespacesOf = ({ unit }: Unit): readonly string[] => PLATFORM_UNITS.get(unit)?.namespaces ?? [unit];

/** What the unit of a manifest may hold. */
export function deliverable(subject: Unit): Deliverable {
  return PLATFORM_UNITS.get(subject.unit)?.holds ?? OF_TEAMS;
}

/** The kind of a manifest with its group: a kind is another one in another group. */
export function kindOf(manifest: Attributes): string {
  return kindName(
    asText(at(manifest, "apiVersion") ?? "")
      .split("/")
      .slice(0, -1)[0] ?? "",
    manifest["kind"],
  );
}

/** A group and a kind as lists name them. */
export function kindName(group: unknown, kind: unknown): string {
  return group === "" || group === undefined ? asText(kind) : `${asText(group)}/${asText(kind)}`;
}
