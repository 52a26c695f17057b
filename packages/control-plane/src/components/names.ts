import type { Deliverer } from "@paved/model";

/** What every control plane is made of, in the order it is started. */
export const COMPONENT_NAMES = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** The parts of Flux that are run. */
export const FLUX_CONTROLLERS = ["source-controller", "kustomize-controller"] as const;

/** What one has beside these that something delivers to, in the order it is started. */
export const DELIVERY_COMPONENT_NAMES = {
  "argo-cd": ["redis", "git-server", "argocd-repo-server", "argocd-application-controller", "argocd-server"],
  flux: ["git-server", ...FLUX_CONTROLLERS],
} as const satisfies Record<Deliverer, readonly string[]>;

/** All that a control plane can be made of. */
export const ALL_COMPONENT_NAMES = [
  ...COMPONENT_NAMES,
  ...DELIVERY_COMPONENT_NAMES["argo-cd"],
  ...FLUX_CONTROLLERS,
] as const;

/** One of {@link COMPONENT_NAMES}. */
export type KubernetesComponentName = (typeof COMPONENT_NAMES)[number];

/** One of {@link DELIVERY_COMPONENT_NAMES}. */
export type DeliveryComponentName = ArgoCdComponentName | FluxComponentName;

/** What Argo CD is made of, and what it needs. */
export type ArgoCdComponentName = (typeof DELIVERY_COMPONENT_NAMES)["argo-cd"][number];

/** What Flux is made of, and what it needs. */
export type FluxComponentName = (typeof DELIVERY_COMPONENT_NAMES)["flux"][number];

/** One of {@link ALL_COMPONENT_NAMES}. */
export type ComponentName = KubernetesComponentName | DeliveryComponentName;
