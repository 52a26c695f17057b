import { readFileSync, rmSync } from "node:fs";
import { freePorts, writeAtomically } from "@paved/machine";
import type { Deliverer } from "@paved/model";
import { COMPONENT_NAMES, type ComponentName, DELIVERY_COMPONENT_NAMES } from "./components/names";
import type { EnvironmentFolder } from "./site";

/** What listens: each component, etcd for the members that it does not have, and some for one thing more. */
export type Listener =
  ComponentName | "etcd-peer" | "argocd-repo-server-metrics" | "argocd-server-metrics" | "source-controller-artifacts";

/** The port of each, on 127.0.0.1. */
export type Ports = Readonly<Record<Listener, number>>;

const LISTENERS: readonly Listener[] = [...COMPONENT_NAMES, "etcd-peer"];
const DELIVERY_LISTENERS: Readonly<Record<Deliverer, readonly Listener[]>> = {
  "argo-cd": [...DELIVERY_COMPONENT_NAMES["argo-cd"], "argocd-repo-server-metrics", "argocd-server-metrics"],
  flux: [...DELIVERY_COMPONENT_NAMES.flux, "source-controller-artifacts"],
};

/**
 * The ports of an environment, as they were chosen when it was first started; from then on they stay: with others everything has
 * to be started anew, and delivered again.
 * @param delivery what listens there too. @default - nothing that delivers
 */
export async function portsOf(folder: EnvironmentFolder, delivery?: Deliverer): Promise<Ports> {
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
