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
 * @param build called once an environment. It puts one golden path into the stack, or retires all that the service had:
 * anything else, and one that is async, is PVD1005 at synth. What it throws is PVD1035
 */
export function defineService(metadata: ServiceMetadata, build: (service: ServiceStack) => void): ServiceDefinition {
  // What is wrong with the arguments is said with everything else that is, and not while files are loaded.
  return { metadata, build, serviceName: (metadata as Partial<ServiceMetadata> | null | undefined)?.name as string };
}
