/** What every control plane is made of, in the order it is started. */
export const COMPONENT_NAMES = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** What one has beside these that delivers by Argo CD, in the order it is started. */
export const DELIVERY_COMPONENT_NAMES = [
  "redis",
  "git-server",
  "argocd-repo-server",
  "argocd-application-controller",
  "argocd-server",
] as const;

/** All that a control plane can be made of. */
export const ALL_COMPONENT_NAMES = [...COMPONENT_NAMES, ...DELIVERY_COMPONENT_NAMES] as const;

/** One of {@link COMPONENT_NAMES}. */
export type KubernetesComponentName = (typeof COMPONENT_NAMES)[number];

/** One of {@link DELIVERY_COMPONENT_NAMES}. */
export type DeliveryComponentName = (typeof DELIVERY_COMPONENT_NAMES)[number];

/** One of {@link ALL_COMPONENT_NAMES}. */
export type ComponentName = (typeof ALL_COMPONENT_NAMES)[number];
