import { NodeApi } from "./node-api/node-api";

export { GATEWAY_PARAMETERS, loadBalancerConfiguration } from "./manifests/load-balancer";
export { type Manifest, rendered } from "./manifests/manifest";
export { GATEWAY, SECRET_STORE } from "./manifests/platform";
export type { DatabaseRequest, NodeApiProps, NodeApiScale } from "./node-api/props";
export { type Caller, defineService, type ServiceDefinition } from "./service/define-service";
export { ServiceStack, type ServiceStackProps, type Workload } from "./service/service-stack";
export { type Route, TrafficLedger, type TrafficRule } from "./service/traffic";

/** Every golden path by its name: the one list that the command line, documentation and tests derive from. */
export const goldenPaths = { "node-api": NodeApi } as const;

/** Name of a golden path. */
export type GoldenPathName = keyof typeof goldenPaths;
export { NodeApi };
