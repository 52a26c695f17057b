import { randomInt } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { writeAtomically } from "@paved/machine";
import { COMPONENT_NAMES, type ComponentName, type Delivery, DELIVERY_COMPONENT_NAMES } from "./components/names";
import type { EnvironmentFolder } from "./site";

/** What listens: each component, etcd for the members that it does not have, and some for one thing more. */
export type Listener =
  ComponentName | "etcd-peer" | "argocd-repo-server-metrics" | "argocd-server-metrics" | "source-controller-artifacts";

/** The port of each, on 127.0.0.1. */
export type Ports = Readonly<Record<Listener, number>>;

const LISTENERS: readonly Listener[] = [...COMPONENT_NAMES, "etcd-peer"];
const DELIVERY_LISTENERS: Readonly<Record<Delivery, readonly Listener[]>> = {
  "argo-cd": [...DELIVERY_COMPONENT_NAMES["argo-cd"], "argocd-repo-server-metrics", "argocd-server-metrics"],
  flux: [...DELIVERY_COMPONENT_NAMES.flux, "source-controller-artifacts"],
};

/**
 * Below those that Linux gives to connections that go out: one of these would take a port of a component that does not run for
 * a moment, and with other ports everything has to be started anew, and delivered again.
 */
const [LOWEST, HIGHEST] = [20_000, 32_767];

/**
 * The ports of an environment, as they were chosen when it was first started; from then on they stay.
 * @param delivery what listens there too. @default - nothing that delivers
 */
export async function portsOf(folder: EnvironmentFolder, delivery?: Delivery): Promise<Ports> {
  const chosen = readPorts(folder);
  const listeners = [...LISTENERS, ...(delivery === undefined ? [] : DELIVERY_LISTENERS[delivery])];
  const wanted = listeners.filter((name) => chosen?.[name] === undefined);
  if (chosen !== undefined && wanted.length === 0) return chosen;
  const free = await freePorts(wanted.length);
  const fresh = Object.fromEntries(wanted.map((listener, place) => [listener, free[place]!]));
  const ports = { ...chosen, ...fresh } as Record<Listener, number>;
  writeAtomically(folder.ports, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

/** @returns undefined where none were chosen yet */
export function readPorts(folder: EnvironmentFolder): Ports | undefined {
  try {
    return JSON.parse(readFileSync(folder.ports, "utf8")) as Ports;
  } catch {
    return undefined;
  }
}

/** Has others chosen next time: somebody else listens on one of these. */
export function forgetPorts(folder: EnvironmentFolder): void {
  rmSync(folder.ports, { force: true });
}

/** Whether nobody listens there. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const free = new Set<number>();
  while (free.size < count) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) free.add(port);
  }
  return [...free];
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
