import { existsSync } from "node:fs";
import { PavedError } from "@paved/model";
import { environmentsIn } from "../down";
import { accessIn } from "../kubeconfig";
import type { ControlPlaneSite } from "../site";
import { type ControlPlaneStatus, gone, settledStatus } from "../status";
import { AnsweringClient } from "./answering-client";
import { ApiCluster } from "./api-cluster";

/** The control plane of an environment that runs now. */
export interface RunningCluster {
  readonly environment: string;
  /** Address of its API server. */
  readonly server: string;
  /** File with a context for each role. */
  readonly kubeconfig: string;
  readonly cluster: ApiCluster;
  /** Lets its connections go. */
  close(): void;
}

/** What there is of control planes. */
export interface Clusters {
  readonly running: readonly RunningCluster[];
  /** Why others cannot be used, PVD9004: what would be written to one that runs in part would be lost, or not be seen. */
  readonly broken: readonly { readonly environment: string; readonly error: PavedError }[];
}

/** The control planes that run now, of those environments. */
export async function clustersOf(site: ControlPlaneSite, environments: readonly string[]): Promise<Clusters> {
  if (!existsSync(site.controlPlanes)) return { running: [], broken: [] };
  const started = environmentsIn(site).filter((environment) => environments.includes(environment));
  const statuses = await Promise.all(started.map((environment) => settledStatus(site, environment)));
  return {
    running: statuses.filter(({ state }) => state === "ready").map(reach),
    broken: statuses.filter(({ state }) => state === "degraded").map(runsInPart),
  };
}

function reach({ environment, server, kubeconfig }: ControlPlaneStatus): RunningCluster {
  const client = new AnsweringClient(accessIn(kubeconfig!, `${environment}-administrator`)!, environment);
  return {
    environment,
    server: server!,
    kubeconfig: kubeconfig!,
    cluster: new ApiCluster(client),
    close: () => client.close(),
  };
}

function runsInPart(status: ControlPlaneStatus) {
  const { environment } = status;
  const error = new PavedError({
    code: "PVD9004",
    where: environment,
    got: `a control plane ${whatIsAmiss(status)}`,
    want: "one that runs, or none",
    fix: `run paved sandbox up --env ${environment}, or paved sandbox down --env ${environment}`,
  });
  return { environment, error };
}

function whatIsAmiss(status: ControlPlaneStatus): string {
  const without = gone(status);
  if (without.length > 0) return `without ${without.join(", ")}`;
  const { nodes, ready } = status;
  return nodes === undefined ? "that does not answer" : `with ${ready} of ${nodes} nodes that take pods`;
}
