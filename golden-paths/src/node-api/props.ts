import { z } from "zod";
import type { ServiceStack } from "../service/service-stack";
import { InputCheck } from "../input/input-check";
import { health, number } from "../input/shapes";
import type { WorkloadOptions } from "../workload/options";
import { type ResolvedWorkload, resolveWorkload } from "../workload/resolve";
import { workloadShape } from "../workload/shape";

/** What a Node.js API asks for. */
export interface NodeApiProps extends WorkloadOptions {
  /** Port the process listens on, 1024 to 65535 (a process that is not root cannot open a lower one). */
  readonly port: number;
  /** Paths of the health checks. @default { live: "/healthz", ready: "/readyz" } */
  readonly health?: { readonly live: string; readonly ready: string };
}

/** {@link NodeApiProps}, field by field. */
export const nodeApiShape = z.strictObject({ ...workloadShape, port: number, health });

/** {@link NodeApiProps} with every default filled in for one environment. */
export interface ResolvedNodeApi extends ResolvedWorkload {
  readonly port: number;
  readonly health: { readonly live: string; readonly ready: string };
}

const TAKEN = { PORT: "set port instead", NODE_ENV: "remove it" };

/**
 * Checks what the service file says and fills in the environment's defaults.
 * @throws PavedError PVD1003 an image with tag or digest; PVD1017 an unknown size; PVD1025 any other wrong value, all at once
 */
export function resolveNodeApi(stack: ServiceStack, props: NodeApiProps): ResolvedNodeApi {
  const check = new InputCheck(stack.file);
  check.shape(nodeApiShape, props);
  const workload = resolveWorkload(stack, props, { leastPods: 1, taken: TAKEN }, check);
  const health = props.health ?? { live: "/healthz", ready: "/readyz" };
  check.port(props.port);
  check.health(health);
  check.throwIfAny();
  return { ...workload, port: props.port, health };
}
