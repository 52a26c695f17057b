export { ApiClient, type ApiAccess, ApiRefusal, type ApiRequest } from "./api/api-client";
export { applyObjects, type ApplyOptions, type KubernetesObject } from "./api/apply";
export { COMPONENT_NAMES, type ComponentName } from "./components/names";
export { down, environmentsIn, remove } from "./down";
export { type ComponentLog, logsOf } from "./logs";
export { ensurePrograms, type EnsureProgramsOptions, missingPrograms, type Programs } from "./programs/ensure";
export type { ControlPlaneSite } from "./site";
export { type ComponentStatus, type ControlPlaneStatus, statusOf } from "./status";
export { type ControlPlane, type ControlPlaneProps, up, type UpOptions } from "./up";
