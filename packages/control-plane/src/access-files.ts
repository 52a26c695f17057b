import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import type { Deliverer } from "@paved/model";
import type { ApiAccess } from "./api/api-client";
import type { Subject } from "./certificates/authority";
import type { Credentials } from "./certificates/credentials";
import { serverOf } from "./components/api-server";
import type { ComponentName } from "./components/names";
import { teamUser, USERS } from "./components/users";
import { type Access, kubeconfigOf } from "./kubeconfig";
import type { Ports } from "./ports";
import type { EnvironmentFolder } from "./site";

/** Who each component is that watches the API server. */
const WATCHERS = {
  "kube-controller-manager": USERS.controllerManager,
  "kube-scheduler": USERS.scheduler,
  kwok: USERS.simulatedNodes,
} as const satisfies Partial<Record<ComponentName, Subject>>;

const DELIVERY_WATCHERS = {
  "argo-cd": {
    "argocd-application-controller": USERS.argoCdController,
    "argocd-server": USERS.argoCdServer,
  },
  flux: {
    "source-controller": USERS.sourceController,
    "kustomize-controller": USERS.kustomizeController,
  },
} as const satisfies Record<Deliverer, Partial<Record<ComponentName, Subject>>>;

/** Writes the kubeconfig of each component, which reaches the API server as itself and no other. */
export async function writeComponentAccess(
  folder: EnvironmentFolder,
  credentials: Credentials,
  { ports, delivery }: { readonly ports: Ports; readonly delivery?: Deliverer },
) {
  const delivering = delivery === undefined ? {} : DELIVERY_WATCHERS[delivery];
  for (const [component, user] of Object.entries<Subject>({ ...WATCHERS, ...delivering })) {
    const file = folder.kubeconfigOf(component);
    const pair = await credentials.pair("kubernetes", user);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeAtomically(file, kubeconfigOf(clusterOf(folder, credentials, ports), [{ context: component, ...pair }]));
  }
}

/**
 * Writes the kubeconfig of an environment: a context that reads, which is used when none is named, one for administrators,
 * and one a team.
 * @returns names of the contexts
 */
export async function writeKubeconfig(
  folder: EnvironmentFolder,
  credentials: Credentials,
  { ports, teams }: { readonly ports: Ports; readonly teams: readonly string[] },
): Promise<readonly string[]> {
  const accesses: Access[] = [];
  for (const user of [USERS.reader, USERS.administrator, ...teams.map(teamUser)]) {
    const pair = await credentials.pair("kubernetes", user);
    accesses.push({ context: `${folder.environment}-${user.name}`, ...pair });
  }
  writeAtomically(folder.kubeconfig, kubeconfigOf(clusterOf(folder, credentials, ports), accesses));
  return accesses.map(({ context }) => context);
}

/** How a user reaches the API server from within this program. */
export async function apiAccess(credentials: Credentials, ports: Ports, user: Subject): Promise<ApiAccess> {
  const pair = await credentials.pair("kubernetes", user);
  const authority = readFileSync(credentials.authority("kubernetes"), "utf8");
  return { server: serverOf(ports["kube-apiserver"]), authority, ...pair };
}

function clusterOf({ environment }: EnvironmentFolder, credentials: Credentials, ports: Ports) {
  return {
    name: `paved-sandbox-${environment}`,
    server: serverOf(ports["kube-apiserver"]),
    authority: readFileSync(credentials.authority("kubernetes"), "utf8"),
  };
}
