import type { GoldenPath } from "./golden-path";
import * as paths from "./paths";

export type { Customize } from "./deviation/customize";
export {
  DELIVERED_KINDS,
  deliveryFolder,
  platformApplication,
  serviceApplication,
  teamProject,
} from "./delivery/application";
export { platformKustomization, serviceKustomization } from "./delivery/kustomization";
export { deviate, type Deviation } from "./deviation/deviate";
export type { CatalogService } from "./catalog/catalog-service";
export { catalogEntities } from "./catalog/entities";
export { systems } from "./catalog/system";
export { type GoldenPath, goldenPathEntry, goldenPathId } from "./golden-path";
export {
  GATEWAY_PARAMETERS,
  httpHealth,
  loadBalancerConfiguration,
  targetGroupConfiguration,
} from "./manifests/load-balancer";
export { type Manifest, rendered } from "./manifests/manifest";
export { SERVICE_AUTHORITY } from "./manifests/certificate";
export { DATABASE_USERS } from "./manifests/database-users";
export { GATEWAY, QUEUE_READER, SECRET_STORE } from "./manifests/platform";
export { serviceLevelObjectives } from "./observability/open-slo";
export { claimsLedger } from "./service/claims";
export { type Caller, defineService, type ServiceDefinition } from "./service/define-service";
export { ServiceStack, type ServiceStackProps, type Workload } from "./service/service-stack";
export { type Route, TrafficLedger, type TrafficRule } from "./service/traffic";
export type { SubscriptionOptions } from "./workload/subscription";
export type { ScaleBounds, SizedRequest, WorkloadOptions, WorkloadScale } from "./workload/options";

export {
  allowReplace,
  forget,
  handOver,
  importExisting,
  renamedFrom,
  retire,
  retiresEverything,
  takeOver,
} from "@paved/modules";
export * from "./paths";

/** Every golden path, by name: the one list that the command line, documentation, examples and tests derive from. */
export const goldenPaths: readonly GoldenPath[] = Object.values(paths)
  .filter((exported) => typeof exported === "object")
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));
