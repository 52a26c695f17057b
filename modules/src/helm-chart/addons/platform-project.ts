import type { Environment } from "@paved/model";
import { DATABASE_ACCESS_NAMESPACE } from "../../database/access-namespace";
import type { HelmValue } from "../values";
import { ARGO_CD_NAMESPACE, argoCdObject, IN_CLUSTER, PLATFORM_PROJECT } from "./argo-cd-bootstrap";
import { CERT_MANAGER_NAMESPACE } from "./cert-manager";
import { MONITORING_NAMESPACE } from "./grafana";
import { syncWindows } from "./sync-windows";

/** Namespace of the public gateway, which is delivered like the gateway itself. */
export const GATEWAY_NAMESPACE = "gateway";

/** What the platform's own project may deliver, and where: whoever writes to its folders rules no more of the cluster. */
export const PLATFORM_DELIVERS = {
  namespaces: [
    ARGO_CD_NAMESPACE,
    CERT_MANAGER_NAMESPACE,
    DATABASE_ACCESS_NAMESPACE,
    GATEWAY_NAMESPACE,
    MONITORING_NAMESPACE,
  ],
  clusterKinds: [
    { group: "", kind: "Namespace" },
    { group: "cert-manager.io", kind: "ClusterIssuer" },
    { group: "external-secrets.io", kind: "ClusterSecretStore" },
    { group: "gateway.networking.k8s.io", kind: "GatewayClass" },
    { group: "keda.sh", kind: "ClusterTriggerAuthentication" },
  ],
  namespacedKinds: [
    { group: "", kind: "ConfigMap" },
    { group: "", kind: "ServiceAccount" },
    { group: "argoproj.io", kind: "AppProject" },
    { group: "argoproj.io", kind: "Application" },
    { group: "batch", kind: "Job" },
    { group: "cert-manager.io", kind: "Certificate" },
    { group: "external-secrets.io", kind: "ExternalSecret" },
    { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration" },
    { group: "gateway.k8s.aws", kind: "TargetGroupConfiguration" },
    { group: "gateway.networking.k8s.io", kind: "Gateway" },
    { group: "gateway.networking.k8s.io", kind: "HTTPRoute" },
    { group: "monitoring.coreos.com", kind: "PrometheusRule" },
    { group: "networking.k8s.io", kind: "NetworkPolicy" },
  ],
} as const;

/** The project of what all services attach to, and of the applications themselves. */
export function platformProject(environment: Pick<Environment, "delivery">): HelmValue {
  const windows = syncWindows(environment);
  return argoCdObject("AppProject", PLATFORM_PROJECT, {
    description: "What all services attach to, and the applications themselves",
    sourceRepos: [environment.delivery.repository],
    destinations: PLATFORM_DELIVERS.namespaces.map((namespace) => ({ server: IN_CLUSTER, namespace })),
    clusterResourceWhitelist: PLATFORM_DELIVERS.clusterKinds,
    namespaceResourceWhitelist: PLATFORM_DELIVERS.namespacedKinds,
    ...(windows.length === 0 ? {} : { syncWindows: windows }),
  });
}

/** Project of the Gateway API's kinds alone; no team can be called so, whose project begins with `team-`. */
export const KINDS_PROJECT = "gateway-api";

/** What the Gateway API's release brings (v1.6.0, config/crd/standard): its kinds, and what keeps older ones from them. */
export const BROUGHT_KINDS = [
  { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
  { group: "admissionregistration.k8s.io", kind: "ValidatingAdmissionPolicy" },
  { group: "admissionregistration.k8s.io", kind: "ValidatingAdmissionPolicyBinding" },
] as const;

/** The project of kinds that come from somebody else's repository, which delivers nothing that has a namespace. */
export function kindsProject(repository: string): HelmValue {
  return argoCdObject("AppProject", KINDS_PROJECT, {
    description: "The kinds of the Gateway API",
    sourceRepos: [repository],
    destinations: [{ server: IN_CLUSTER, namespace: ARGO_CD_NAMESPACE }],
    clusterResourceWhitelist: BROUGHT_KINDS,
    namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
  });
}
