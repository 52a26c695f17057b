import { existsSync, readFileSync } from "node:fs";
import { processesIn } from "@paved/machine";
import { apiAccess } from "./access-files";
import { ApiClient } from "./api/api-client";
import { Credentials } from "./certificates/credentials";
import { serverOf } from "./components/api-server";
import type { ComponentName } from "./components/names";
import { USERS } from "./components/users";
import { componentsOf, recordedDelivery } from "./delivery/record";
import { type DeliveryAddress, deliveryAddress } from "./delivery/by";
import { countNodes, type NodeCount } from "./objects/node-readiness";
import { readPorts, type Ports } from "./ports";
import { runningProcess } from "./processes/component-process";
import { type ControlPlaneSite, EnvironmentFolder } from "./site";

/** One component as it is now. */
export interface ComponentStatus {
  readonly name: ComponentName;
  /** @default - it does not run */
  readonly pid?: number;
  /** Memory that it has now, in MiB. @default - it does not run, or the system does not say */
  readonly memoryMiB?: number;
  /** Port on 127.0.0.1. @default - it never ran */
  readonly port?: number;
}

/** One control plane as it is now. */
export interface ControlPlaneStatus extends Partial<NodeCount> {
  readonly environment: string;
  /** `degraded`: some of it runs, or it does not answer; `paved sandbox up` starts the rest. */
  readonly state: "ready" | "degraded" | "stopped";
  readonly components: readonly ComponentStatus[];
  /** Sum of what its components have, in MiB. */
  readonly memoryMiB: number;
  /** Address of its API server. @default - it was never started */
  readonly server?: string;
  /** File with a context for each role. @default - it was never ready */
  readonly kubeconfig?: string;
  /** What delivers to it, and from where. @default - nothing does, or it was never started */
  readonly delivery?: DeliveryAddress;
  /** Pods there are. @default - the API server does not answer */
  readonly pods?: number;
}

/** An API server whose etcd is gone holds its answers back for a minute: that is not waited for. */
const ANSWER_WITHIN_MS = 3_000;
const SETTLED_WITHIN_MS = 20_000;
const POLL_MS = 500;

/** What an environment's control plane is up to. */
export async function statusOf(site: ControlPlaneSite, environment: string): Promise<ControlPlaneStatus> {
  const folder = new EnvironmentFolder(site, environment);
  const ports = readPorts(folder);
  const components = componentsOf(recordedDelivery(folder)).map((name) => componentStatus(folder, name, ports));
  const running = components.filter(({ pid }) => pid !== undefined).length;
  const objects = ports !== undefined && running > 0 ? await countObjects(folder, ports) : undefined;
  const isReady = running === components.length && objects !== undefined && objects.ready === objects.nodes;
  return {
    environment,
    state: running === 0 ? "stopped" : isReady ? "ready" : "degraded",
    components,
    memoryMiB: components.reduce((sum, { memoryMiB = 0 }) => sum + memoryMiB, 0),
    server: ports && serverOf(ports["kube-apiserver"]),
    kubeconfig: existsSync(folder.kubeconfig) ? folder.kubeconfig : undefined,
    delivery: ports && deliveryAddress(recordedDelivery(folder), folder, ports),
    ...objects,
  };
}

/**
 * What it is up to, once that is told from a machine that has much to do: one whose components all run may answer late, and
 * is asked again for a while.
 */
export async function settledStatus(site: ControlPlaneSite, environment: string): Promise<ControlPlaneStatus> {
  for (const until = Date.now() + SETTLED_WITHIN_MS; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    const status = await statusOf(site, environment);
    if (status.state !== "degraded" || gone(status).length > 0 || Date.now() > until) return status;
  }
}

/** Names of components that do not run. */
export function gone({ components }: ControlPlaneStatus): readonly ComponentName[] {
  return components.filter(({ pid }) => pid === undefined).map(({ name }) => name);
}

function componentStatus(folder: EnvironmentFolder, name: ComponentName, ports?: Ports): ComponentStatus {
  const pid = runningProcess(folder, name)?.pid ?? processesIn(folder.working(name))[0];
  return { name, pid, memoryMiB: pid === undefined ? undefined : memoryOf(pid), port: ports?.[name] };
}

function memoryOf(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kibibytes) / 1024);
  } catch {
    return undefined;
  }
}

async function countObjects(folder: EnvironmentFolder, ports: Ports) {
  const credentials = Credentials.existing(folder.certificates);
  if (credentials === undefined) return undefined;
  const client = new ApiClient(await apiAccess(credentials, ports, USERS.reader), ANSWER_WITHIN_MS);
  try {
    const { items } = await client.get<{ readonly items: readonly object[] }>("/api/v1/pods");
    return { ...(await countNodes(client)), pods: items.length };
  } catch {
    // It does not answer, which the state says.
    return undefined;
  } finally {
    client.close();
  }
}
