import { z } from "zod";
import { InputCheck } from "../input/input-check";
import { flag, number } from "../input/shapes";
import type { ServiceStack } from "../service/service-stack";
import type { WorkloadOptions } from "../workload/options";
import { type ResolvedWorkload, resolveWorkload } from "../workload/resolve";
import { workloadShape } from "../workload/shape";

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
  /**
   * Whether it and its callers show each other certificates (mutual TLS). Both find theirs by `TLS_CERT_FILE`,
   * `TLS_KEY_FILE` and `TLS_CA_FILE`, and read them anew when the files change. It is then not exposed to the outside,
   * which has no certificate. @default false
   */
  readonly mutualTls?: boolean;
  /** Port of the gRPC health protocol without TLS, which the kubelet does not speak; with `mutualTls` only. @default 9465 */
  readonly healthPort?: number;
}

/** {@link GrpcServiceProps}, field by field. */
export const grpcServiceShape = z.strictObject({
  ...workloadShape,
  port: number.optional(),
  metricsPort: number.optional(),
  deadlineMs: number.optional(),
  attempts: number.optional(),
  mutualTls: flag.optional(),
  healthPort: number.optional(),
});

/** {@link GrpcServiceProps} with every default filled in for one environment. */
export interface ResolvedGrpcService extends ResolvedWorkload {
  readonly port: number;
  readonly metricsPort: number;
  readonly deadlineMs: number;
  readonly attempts: number;
  readonly mutualTls: boolean;
  /** @default - health is asked for on the port itself */
  readonly healthPort: number | undefined;
}

const TAKEN = {
  PORT: "set port instead",
  METRICS_PORT: "set metricsPort instead",
  HEALTH_PORT: "set healthPort instead",
  TLS_CERT_FILE: "remove it: mutualTls sets it",
  TLS_KEY_FILE: "remove it: mutualTls sets it",
  TLS_CA_FILE: "remove it: mutualTls sets it",
  GRPC_MAX_CONNECTION_AGE_MS: "remove it: the golden path says",
  GRPC_MAX_CONNECTION_AGE_GRACE_MS: "remove it: the golden path says",
  GRPC_REFLECTION: "remove it: the environment says",
};

/**
 * Checks what the service file says and fills in the environment's defaults.
 * @throws PavedError PVD1003 an image with tag or digest; PVD1017 an unknown size; PVD1025 any other wrong value, all at once
 */
export function resolveGrpcService(stack: ServiceStack, props: GrpcServiceProps): ResolvedGrpcService {
  const check = new InputCheck(stack.file);
  check.shape(grpcServiceShape, props);
  const workload = resolveWorkload(stack, props, { leastPods: 1, taken: TAKEN }, check);
  const port = props.port ?? 9090;
  const metricsPort = props.metricsPort ?? 9464;
  check.port(port);
  check.number("metricsPort", metricsPort, 1024, 65_535);
  if (metricsPort === port)
    check.refuse("metricsPort", port, "a port of its own", "leave metricsPort out, or move port");
  const healthPort = checkHealthPort(check, props, [port, metricsPort]);
  check.number("deadlineMs", props.deadlineMs, 1, 300_000);
  check.number("attempts", props.attempts, 1, 5);
  check.throwIfAny();
  const { deadlineMs = 1000, attempts = 3, mutualTls = false } = props;
  return { ...workload, port, metricsPort, deadlineMs, attempts, mutualTls, healthPort };
}

const HEALTH_PORT = 9465;

function checkHealthPort(check: InputCheck, props: GrpcServiceProps, taken: readonly number[]): number | undefined {
  const { mutualTls = false, healthPort } = props;
  if (!mutualTls) {
    if (healthPort !== undefined)
      check.refuse(
        "healthPort",
        healthPort,
        "no health port, or mutualTls",
        "leave it out: port answers for health too",
      );
    return undefined;
  }
  const port = healthPort ?? HEALTH_PORT;
  check.number("healthPort", port, 1024, 65_535);
  if (taken.includes(port)) check.refuse("healthPort", port, "a port of its own", "leave it out, or move the other");
  return port;
}
