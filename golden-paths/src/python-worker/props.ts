import { z } from "zod";
import { cronFault } from "@paved/model";
import { InputCheck } from "../input/input-check";
import { health, number, text } from "../input/shapes";
import type { JobSchedule } from "../manifests/cron-job";
import type { ServiceStack } from "../service/service-stack";
import type { WorkloadOptions } from "../workload/options";
import { type ResolvedWorkload, resolveWorkload } from "../workload/resolve";
import { workloadShape } from "../workload/shape";

/** What a Python worker asks for. */
export interface PythonWorkerProps extends WorkloadOptions {
  /** Port of health checks and metrics; nothing else can be reached there. @default 8080 */
  readonly port?: number;
  /** Paths of the health checks; not with `schedule`. @default { live: "/healthz", ready: "/readyz" } */
  readonly health?: { readonly live: string; readonly ready: string };
  /** Waiting messages that one pod is started for, 1 to 10000; not with `schedule`. @default 10 */
  readonly messagesPerPod?: number;
  /**
   * When it runs, as five fields of cron in UTC: `0 3 * * *` is every night at three. It then runs to its end instead of
   * waiting for messages. @default - it runs always, and takes messages from a queue of its own
   */
  readonly schedule?: string;
  /** Minutes after which a scheduled run is ended, 1 to 1440; with `schedule` only. @default 60 */
  readonly timeoutMinutes?: number;
}

/** {@link PythonWorkerProps}, field by field. */
export const pythonWorkerShape = z.strictObject({
  ...workloadShape,
  port: number.optional(),
  health,
  messagesPerPod: number.optional(),
  schedule: text.optional(),
  timeoutMinutes: number.optional(),
});

/** {@link PythonWorkerProps} with every default filled in for one environment. */
export interface ResolvedPythonWorker extends ResolvedWorkload {
  readonly port: number;
  readonly health: { readonly live: string; readonly ready: string };
  readonly messagesPerPod: number;
  /** @default - it runs always */
  readonly schedule: JobSchedule | undefined;
}

const TAKEN = { PORT: "set port instead", PYTHONUNBUFFERED: "remove it" };

/** Options that do nothing for what runs by a schedule. */
const FOR_QUEUES = {
  messagesPerPod: "remove it: a run does not wait for messages",
  scale: "remove it: a run is one pod",
  health: "remove it: a run is not asked for its health",
} as const;

/**
 * Checks what the service file says and fills in the environment's defaults. Without a schedule it has a queue, asked for
 * or not.
 * @throws PavedError PVD1003 an image with tag or digest; PVD1017 an unknown size; PVD1025 any other wrong value, all at once
 */
export function resolvePythonWorker(stack: ServiceStack, props: PythonWorkerProps): ResolvedPythonWorker {
  const check = new InputCheck(stack.file);
  check.shape(pythonWorkerShape, props);
  const queue = props.queue ?? (props.schedule === undefined ? {} : undefined);
  const rules = { leastPods: 0, taken: TAKEN, endsByItself: props.schedule !== undefined } as const;
  const workload = resolveWorkload(stack, { ...props, queue }, rules, check);
  const health = props.health ?? { live: "/healthz", ready: "/readyz" };
  const port = props.port ?? 8080;
  check.port(port);
  check.health(health);
  check.number("messagesPerPod", props.messagesPerPod, 1, 10_000);
  check.number("timeoutMinutes", props.timeoutMinutes, 1, 1440);
  checkSchedule(check, props);
  check.throwIfAny();
  return {
    ...workload,
    port,
    health,
    messagesPerPod: props.messagesPerPod ?? 10,
    schedule:
      props.schedule === undefined ? undefined : { cron: props.schedule, timeoutMinutes: props.timeoutMinutes ?? 60 },
  };
}

/** What has no effect is refused, so that nobody relies on it. */
function checkSchedule(check: InputCheck, props: PythonWorkerProps): void {
  const { schedule, timeoutMinutes, environments = {} } = props;
  if (schedule === undefined) {
    const want = "a schedule, whose runs it ends";
    if (timeoutMinutes !== undefined)
      check.refuse("timeoutMinutes", timeoutMinutes, want, "remove it, or add schedule");
    return;
  }
  const fault = cronFault(schedule);
  if (fault !== undefined) check.refuse("schedule", schedule, fault.want, fault.fix);
  const said: readonly (readonly [string, keyof typeof FOR_QUEUES, unknown])[] = [
    ...(Object.keys(FOR_QUEUES) as (keyof typeof FOR_QUEUES)[]).map(
      (option) => [option, option, props[option]] as const,
    ),
    ...Object.entries(environments).map(([name, { scale }]) => [`environments.${name}.scale`, "scale", scale] as const),
  ];
  for (const [field, option, value] of said) {
    if (value !== undefined)
      check.refuse(field, value, "options that have an effect with schedule", FOR_QUEUES[option]);
  }
}
