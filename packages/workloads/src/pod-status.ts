import { quantityOf } from "@paved/model";
import type { Amounts, Pod, PodMetrics } from "./api";

/** Cores and bytes of a pod's containers together; what is not said is left out. */
export interface Amount {
  /** Cores. */
  readonly cpu?: number;
  /** Bytes. */
  readonly memory?: number;
}

/** One pod as it is now. */
export interface PodStatus {
  readonly name: string;
  /** Containers that are ready, of how many. */
  readonly ready: number;
  readonly containers: number;
  /** In one word, as `kubectl get pods` says it: `Running`, `CrashLoopBackOff`, `Terminating`. */
  readonly state: string;
  /** Why it does not run, where Kubernetes says so. */
  readonly message?: string;
  readonly restarts: number;
  /** Why a container ended last, for example `OOMKilled`. @default - none ever ended */
  readonly lastEnd?: string;
  readonly node?: string;
  /** When it was made, as RFC 3339. */
  readonly since?: string;
  readonly requests: Amount;
  readonly limits: Amount;
  /** What it uses now. @default - the cluster has no metrics of it */
  readonly usage?: Amount;
}

/** What is known of a pod. @param metrics what it uses, where the cluster measures it */
export function podStatus({ metadata, spec, status }: Pod, metrics?: PodMetrics): PodStatus {
  const containers = status?.containerStatuses ?? [];
  const waiting = containers.map(({ state }) => state?.waiting).find((one) => one?.reason !== undefined);
  const ended = containers.map(({ state }) => state?.terminated?.reason).find((reason) => reason !== undefined);
  const unscheduled = status?.conditions?.find(({ type, status: is }) => type === "PodScheduled" && is === "False");
  const state = waiting?.reason ?? ended ?? status?.reason ?? unscheduled?.reason ?? status?.phase ?? "Unknown";
  return {
    name: metadata.name,
    ready: containers.filter(({ ready }) => ready).length,
    containers: spec.containers.length,
    state: metadata.deletionTimestamp === undefined ? state : "Terminating",
    message: waiting?.message ?? unscheduled?.message,
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    lastEnd: containers.map(({ lastState }) => lastState?.terminated?.reason).find((reason) => reason !== undefined),
    node: spec.nodeName,
    since: metadata.creationTimestamp,
    requests: sumOf(spec.containers.map(({ resources }) => resources?.requests)),
    limits: sumOf(spec.containers.map(({ resources }) => resources?.limits)),
    usage: metrics && sumOf(metrics.containers.map(({ usage }) => usage)),
  };
}

function sumOf(amounts: readonly (Amounts | undefined)[]): Amount {
  const sum = (name: keyof Amounts): number | undefined => {
    const said = amounts.map((amount) => quantityOf(amount?.[name])).filter((one) => one !== undefined);
    return said.length === 0 ? undefined : said.reduce((all, one) => all + one, 0);
  };
  return { cpu: sum("cpu"), memory: sum("memory") };
}
