import { InputCheck } from "../input/input-check";
import { GRPC_SERVICE } from "../input/shapes";
import type { ServiceStack } from "../service/service-stack";
import type { WorkloadOptions } from "../workload/options";
import { type ResolvedWorkload, resolveWorkload } from "../workload/resolve";

/** What a gRPC service asks for. */
export interface GrpcServiceProps extends WorkloadOptions {
  /** Port the process listens on, 1024 to 65535. It serves the gRPC health protocol there as well. @default 9090 */
  readonly port?: number;
  /** Port of `/metrics`, over HTTP. @default 9464 */
  readonly metricsPort?: number;
  /** Milliseconds that callers wait for an answer unless they say otherwise, 1 to 300000. @default 1000 */
  readonly deadlineMs?: number;
  /** How often a call is made in all, when the service could not be reached; 1 is never again, 5 the most. @default 3 */
  readonly attempts?: number;
}

/** {@link GrpcServiceProps} with every default filled in for one environment. */
export interface ResolvedGrpcService extends ResolvedWorkload {
  readonly port: number;
  readonly metricsPort: number;
  readonly deadlineMs: number;
  readonly attempts: number;
}

const TAKEN = {
  PORT: "set port instead",
  METRICS_PORT: "set metricsPort instead",
  GRPC_REFLECTION: "remove it: the environment says",
};

/**
 * Checks what the service file says and fills in the environment's defaults.
 * @throws PavedError PVD1003 an image with tag or digest; PVD1017 an unknown size; PVD1025 any other wrong value, all at once
 */
export function resolveGrpcService(stack: ServiceStack, props: GrpcServiceProps): ResolvedGrpcService {
  const check = new InputCheck(stack.file);
  check.shape(GRPC_SERVICE, props);
  const workload = resolveWorkload(stack, props, { leastPods: 1, taken: TAKEN }, check);
  const port = props.port ?? 9090;
  const metricsPort = props.metricsPort ?? 9464;
  check.port(port);
  check.number("metricsPort", metricsPort, 1024, 65_535);
  if (metricsPort === port)
    check.refuse("metricsPort", port, "a port of its own", "leave metricsPort out, or move port");
  check.number("deadlineMs", props.deadlineMs, 1, 300_000);
  check.number("attempts", props.attempts, 1, 5);
  check.throwIfAny();
  return { ...workload, port, metricsPort, deadlineMs: props.deadlineMs ?? 1000, attempts: props.attempts ?? 3 };
}
