export {
  ApiClient,
  type ApiAccess,
  ApiRefusal,
  type ApiRequest,
  isNotThere,
  isPassing,
  NoAnswer,
  onceStarted,
} from "./api/api-client";
export { applyObjects, type ApplyOptions, type KubernetesObject } from "./api/apply";
export { ApiCluster } from "./cluster/api-cluster";
export { Helm } from "./cluster/helm";
export { HelmReleases, ReleaseRefusal } from "./cluster/helm-releases";
export { clustersOf, type RunningCluster } from "./cluster/running";
export { ALL_COMPONENT_NAMES, COMPONENT_NAMES, type ComponentName, DELIVERY_COMPONENT_NAMES } from "./components/names";
export { type DeliveryAddress } from "./delivery/by";
export { bootstrapObjects } from "./delivery/bootstrap";
export { bringAddOnKinds } from "./delivery/kinds";
export { FLUX_NAMESPACE } from "./delivery/flux/namespace";
export { endSync } from "./delivery/end-sync";
export { reconcile } from "./delivery/flux/reconcile";
export { forSandbox, type RepositorySwap, textForSandbox } from "./delivery/for-sandbox";
export { deliveryOf } from "./delivery/record";
export { APPLICATIONS, ARGO_CD_NAMESPACE, refresh } from "./delivery/refresh";
export { down, environmentsIn, remove } from "./down";
export { accessIn } from "./kubeconfig";
export { type ComponentLog, logsOf } from "./logs";
export { FEWEST_NODES, MOST_NODES } from "./objects/nodes";
export { ensurePrograms, type EnsureProgramsOptions, missingPrograms, type Programs } from "./programs/ensure";
export type { ControlPlaneSite } from "./site";
export { settledStatus, whatIsAmiss } from "./settled-status";
export { type ComponentStatus, type ControlPlaneStatus, statusOf } from "./status";
export { type UserContext, userAccess, userContexts } from "./user-kubeconfig/contexts";
export { kubeconfigFiles } from "./user-kubeconfig/entries";
export { type ControlPlane, type ControlPlaneProps, up, type UpOptions } from "./up";
