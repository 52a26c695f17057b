import { InputCheck } from "../input/input-check";
import { PYTHON_WORKER } from "../input/shapes";
import type { JobSchedule } from "../manifests/cron-job";
import type { ServiceStack } from "../service/service-stack";
import type { WorkloadOptions } from "../workload/options";
import { type ResolvedWorkload, resolveWorkload } from "../workload/resolve";

/** What a Python worker asks for. */
export interface PythonWorkerProps extends WorkloadOptions {
  /** Port of health checks and metrics; nothing else can be reached there. @default 8080 */
  readonly port?: number;
  /** Paths of the health checks. @default { live: "/healthz", ready: "/readyz" } */
  readonly health?: { readonly live: string; readonly ready: string };
  /** Waiting messages that one pod is started for, 1 to 10000. @default 10 */
  readonly messagesPerPod?: number;
  /**
   * When it runs, as five fields of cron in UTC: `0 3 * * *` is every night at three. It then runs to its end instead of
   * waiting for messages. @default - it runs always, and takes messages from a queue of its own
   */
  readonly schedule?: string;
  /** Minutes after which a scheduled run is ended, 1 to 1440. @default 60 */
  readonly timeoutMinutes?: number;
}

/** {@link PythonWorkerProps} with every default filled in for one environment. */
export interface ResolvedPythonWorker extends ResolvedWorkload {
  readonly port: number;
  readonly health: { readonly live: string; readonly ready: string };
  readonly messagesPerPod: number;
  /** @default - it runs always */
  readonly schedule: JobSchedule | undefined;
}

const TAKEN = { PORT: "set port instead", PYTHONUNBUFFERED: "remove it" };

/** A field of cron: numbers, ranges, steps and lists of them. Names of days and months are left out: there is one way to write each. */
const FIELD = String.raw`(\*|\d+(-\d+)?)(\/\d+)?(,(\d+(-\d+)?)(\/\d+)?)*`;
const CRON = new RegExp(`^${Array(5).fill(FIELD).join(" ")}$`);
/** Lowest and highest number of each field (crontab(5)). */
const BOUNDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function isCron(schedule: unknown): boolean {
  if (typeof schedule !== "string" || schedule.length > 100 || !CRON.test(schedule)) return false;
  return schedule.split(" ").every((field, index) => {
    const [low, high] = BOUNDS[index] as readonly [number, number];
    const places = field.split(",").map((part) => part.split("/"));
    return places.every(([range = "", step]) => {
      const numbers = range === "*" ? [] : range.split("-").map(Number);
      const [from, to] = numbers;
      if (step !== undefined && Number(step) < 1) return false;
      return numbers.every((value) => value >= low && value <= high) && (to === undefined || (from ?? 0) <= to);
    });
  });
}

/**
 * Checks what the service file says and fills in the environment's defaults. Without a schedule it has a queue, asked for
 * or not.
 * @throws PavedError PVD1003 an image with tag or digest; PVD1017 an unknown size; PVD1025 any other wrong value, all at once
 */
export function resolvePythonWorker(stack: ServiceStack, props: PythonWorkerProps): ResolvedPythonWorker {
  const check = new InputCheck(stack.file);
  check.shape(PYTHON_WORKER, props);
  const queue = props.queue ?? (props.schedule === undefined ? {} : undefined);
  const workload = resolveWorkload(stack, { ...props, queue }, { leastPods: 0, taken: TAKEN }, check);
  const health = props.health ?? { live: "/healthz", ready: "/readyz" };
  const port = props.port ?? 8080;
  check.port(port);
  check.health(health);
  check.number("messagesPerPod", props.messagesPerPod, 1, 10_000);
  check.number("timeoutMinutes", props.timeoutMinutes, 1, 1440);
  if (props.schedule !== undefined && !isCron(props.schedule)) {
    check.refuse("schedule", props.schedule, "five fields of cron, as numbers", 'write for example "0 3 * * *"');
  }
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
