import { existsSync } from "node:fs";
import type { ApiCluster } from "@paved/control-plane";
import { type FleetStack, readIndex } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";

/** The clusters that stacks' Kubernetes objects are in. */
export interface StackClusters {
  /**
   * The cluster of a stack's environment.
   * @returns undefined where none runs: its objects are emulated
   * @throws PavedError PVD9004 where it runs in part
   */
  of(stack: string): ApiCluster | undefined;
  close(): void;
}

/** The control planes of the sandbox that run now. */
export async function openClusters(
  workspace: Workspace,
  stacks: readonly Pick<FleetStack, "name" | "environment">[],
  progress: (line: string) => void,
): Promise<StackClusters> {
  if (!existsSync(workspace.controlPlanes)) return { of: () => undefined, close: () => {} };
  const { clustersOf } = await import("@paved/control-plane");
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const { running, broken } = await clustersOf(
    workspace,
    environments,
    progress,
    repositoriesOf(workspace, environments),
  );
  for (const { environment, server, cluster } of running)
    progress(`${environment}: Kubernetes objects are written to ${server}; ${whatHelmDoes(cluster)}`);
  return {
    of: (name) => {
      const environment = stacks.find((stack) => stack.name === name)?.environment;
      const refused = broken.find((one) => one.environment === environment);
      if (refused !== undefined) throw refused.error;
      return running.find((one) => one.environment === environment)?.cluster;
    },
    close: () => running.forEach((one) => one.close()),
  };
}

/** The delivery repository of each environment that the index has. */
function repositoriesOf(workspace: Workspace, environments: readonly string[]): Readonly<Record<string, string>> {
  if (environments.length === 0) return {};
  return Object.fromEntries(readIndex(workspace).environments.map(({ name, delivery }) => [name, delivery.repository]));
}

function whatHelmDoes({ releases }: ApiCluster): string {
  if (releases === undefined) return "Helm releases are emulated";
  return "Helm installs charts of this repository, all other releases are emulated";
}
