import { type ServiceMetadata } from "@paved/model";
import type { ServiceStack } from "./service-stack";

/** A service as its team wrote it: who owns it, and what it wants in every environment. */
export interface ServiceDefinition extends Caller {
  readonly metadata: ServiceMetadata;
  /** Puts the service's golden path into the stack of one environment. */
  readonly build: (service: ServiceStack) => void;
}

/** Something that may be allowed to send traffic: a service, or the golden path in it. */
export interface Caller {
  /** Name of the calling service, which is also its namespace. */
  readonly serviceName: string;
}

/**
 * Declares a service. One call a file, as the default export of `stacks/services/<name>.ts`; the file is found by itself.
 *
 * @param metadata name, owner, tier, on-call and runbook: all required. Wrong values are PVD1005 at synth
 * @param build called once an environment
 */
export function defineService(metadata: ServiceMetadata, build: (service: ServiceStack) => void): ServiceDefinition {
  return { metadata, build, serviceName: metadata.name };
}
