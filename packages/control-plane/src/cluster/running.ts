import { existsSync } from "node:fs";
import { PavedError } from "@paved/model";
import type { ApiClient } from "../api/api-client";
import { valuesForSandbox } from "../delivery/sandbox-objects";
import { environmentsIn } from "../down";
import { accessIn } from "../kubeconfig";
import { builtHelm } from "../programs/helm";
import { type ControlPlaneSite, EnvironmentFolder } from "../site";
import { settledStatus, whatIsAmiss } from "../settled-status";
import type { ControlPlaneStatus } from "../status";
import { AnsweringClient } from "./answering-client";
import { ApiCluster } from "./api-cluster";
import { Helm } from "./helm";
import { HelmReleases } from "./helm-releases";

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

/**
 * The control planes that run now, of those environments.
 * @param progress told which is waited for. @default - nobody is
 * @param repositories the repository that each environment is delivered from; where something delivers to such a one, and Helm is
 * built, Helm installs charts of the repository, with the sandbox's repository instead. @default - Helm installs nothing
 */
export async function clustersOf(
  site: ControlPlaneSite,
  environments: readonly string[],
  progress?: (line: string) => void,
  repositories: Readonly<Record<string, string>> = {},
): Promise<Clusters> {
  if (!existsSync(site.controlPlanes)) return { running: [], broken: [] };
  const started = environmentsIn(site).filter((environment) => environments.includes(environment));
  const statuses = await Promise.all(started.map((environment) => settledStatus(site, environment, progress)));
  return {
    running: statuses
      .filter(({ state }) => state === "ready")
      .map((status) => reach(site, status, repositories[status.environment])),
    broken: statuses.filter(({ state }) => state === "degraded").map(runsInPart),
  };
}

function reach(site: ControlPlaneSite, status: ControlPlaneStatus, repository?: string): RunningCluster {
  const { environment, server, kubeconfig } = status;
  const client = new AnsweringClient(accessIn(kubeconfig!, administratorOf(environment))!, environment);
  const releases = repository === undefined ? undefined : releasesOn(site, status, { client, repository });
  return {
    environment,
    server: server!,
    kubeconfig: kubeconfig!,
    cluster: new ApiCluster(client, undefined, releases),
    close: () => client.close(),
  };
}

/** Charts of the repository are what a deliverer begins with: without one there is nobody who knows their kinds. */
function releasesOn(
  site: ControlPlaneSite,
  { environment, kubeconfig, delivery }: ControlPlaneStatus,
  { client, repository: from }: { readonly client: ApiClient; readonly repository: string },
): HelmReleases | undefined {
  const binary = builtHelm(site);
  if (delivery === undefined || binary === undefined) return undefined;
  const { helm: home } = new EnvironmentFolder(site, environment);
  const context = administratorOf(environment);
  const helm = new Helm({ binary, home, kubeconfig: kubeconfig!, context });
  const valuesFor = (text: string): string => valuesForSandbox(text, { from, to: delivery.repository });
  return new HelmReleases({ helm, client, charts: site.charts, valuesFor });
}

function administratorOf(environment: string): string {
  return `${environment}-administrator`;
}

function runsInPart(status: ControlPlaneStatus) {
  const { environment } = status;
  const error = new PavedError({
    code: "PVD9004",
    where: environment,
    got: whatIsAmiss(status),
    want: "one that runs, or none",
    fix: `run paved sandbox up --env ${environment}, or paved sandbox down --env ${environment}`,
  });
  return { environment, error };
}
