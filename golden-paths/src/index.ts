import { GrpcService, grpcService } from "./grpc-service/grpc-service";
import { NodeApi, nodeApi } from "./node-api/node-api";
import { PythonWorker, pythonWorker } from "./python-worker/python-worker";
import { ReactFrontend, reactFrontend } from "./react-frontend/react-frontend";

export type { Customize } from "./deviation/customize";
export {
  DELIVERED_KINDS,
  deliveryFolder,
  platformApplication,
  serviceApplication,
  teamProject,
} from "./delivery/application";
export { deviate, type Deviation } from "./deviation/deviate";
export type { CatalogService } from "./catalog/catalog-service";
export { catalogEntities } from "./catalog/entities";
export { systems } from "./catalog/system";
export { type GoldenPath, goldenPathId } from "./golden-path";
export type { GrpcServiceProps } from "./grpc-service/props";
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
export type { NodeApiProps } from "./node-api/props";
export { serviceLevelObjectives } from "./observability/open-slo";
export type { PythonWorkerProps } from "./python-worker/props";
export type { ReactFrontendProps } from "./react-frontend/props";
export { claimsLedger } from "./service/claims";
export { type Caller, defineService, type ServiceDefinition } from "./service/define-service";
export { ServiceStack, type ServiceStackProps, type Workload } from "./service/service-stack";
export { type Route, TrafficLedger, type TrafficRule } from "./service/traffic";
export type { SubscriptionOptions } from "./workload/subscription";
export type { ScaleBounds, SizedRequest, WorkloadOptions, WorkloadScale } from "./workload/options";

/** Every golden path: the one list that the command line, documentation, examples and tests derive from. */
export const goldenPaths = [nodeApi, pythonWorker, reactFrontend, grpcService] as const;

export { forget, renamedFrom, retire } from "@paved/modules";
export { GrpcService, NodeApi, PythonWorker, ReactFrontend };
