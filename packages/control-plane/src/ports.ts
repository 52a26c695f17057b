import { readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { writeAtomically } from "@paved/machine";
import { COMPONENT_NAMES, type ComponentName } from "./components/names";
import type { EnvironmentFolder } from "./site";

/** What listens: each component, and etcd for the members that it does not have. */
export type Listener = ComponentName | "etcd-peer";

/** The port of each, on 127.0.0.1. */
export type Ports = Readonly<Record<Listener, number>>;

const LISTENERS: readonly Listener[] = [...COMPONENT_NAMES, "etcd-peer"];

/** The ports of an environment, as they were chosen when it was first started; from then on they stay. */
export async function portsOf(folder: EnvironmentFolder): Promise<Ports> {
  const chosen = readPorts(folder);
  if (chosen !== undefined) return chosen;
  const free = await freePorts(LISTENERS.length);
  const ports = Object.fromEntries(LISTENERS.map((listener, place) => [listener, free[place]!])) as Record<
    Listener,
    number
  >;
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
  // All at once, so that none is given twice.
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map(close));
  return ports;
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
