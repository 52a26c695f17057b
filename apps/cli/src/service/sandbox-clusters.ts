import { accessIn, clustersOf, type RunningCluster } from "@paved/control-plane";
import { PavedError } from "@paved/model";
import type { CommandContext } from "../command-spec";
import type { ReadableCluster, WantedClusters } from "./readable-cluster";

/**
 * The control planes of the sandbox that run, as the service's own team reads them, or as `--as` says.
 * @throws PavedError PVD4003 for `--context`, PVD9003 where none runs, PVD9004 where one runs in part, PVD9005 where the team has no context
 */
export async function sandboxClusters(
  { workspace, options, terminal }: CommandContext,
  { environments, chosen, owner }: WantedClusters,
): Promise<readonly ReadableCluster[]> {
  if (options["context"] !== undefined) throw onlyLive(String(options["context"]));
  const { running, broken } = await clustersOf(workspace, environments, terminal.err);
  for (const cluster of running) cluster.close();
  if (broken[0] !== undefined) throw broken[0].error;
  // What was asked for by name is not passed over in silence.
  const stopped = environments.filter((name) => !running.some(({ environment }) => environment === name));
  if (running.length === 0 || (chosen !== undefined && stopped.length > 0)) throw notRunning(stopped, chosen);
  const who = String(options["as"] ?? "team");
  return running.map((cluster) => readable(cluster, who === "team" ? `team-${owner}` : who));
}

function readable({ environment, kubeconfig }: RunningCluster, who: string): ReadableCluster {
  const context = `${environment}-${who}`;
  const access = accessIn(kubeconfig, context);
  if (access === undefined) throw noContext(environment, context);
  const refused = (service: string): string =>
    `run paved apply --env ${environment} --service ${service} first: it makes the namespace and who may read it`;
  return { environment, context, access, remedy: { refused } };
}

function onlyLive(got: string): PavedError {
  return new PavedError({
    code: "PVD4003",
    where: "--context",
    got,
    want: "it with --live: contexts are of your own kubeconfig",
    fix: "add --live, or say --as for the sandbox",
  });
}

function notRunning(environments: readonly string[], chosen: readonly string[] | undefined): PavedError {
  const wanted = (environments.length > 0 ? environments : (chosen ?? [])).join(", ");
  return new PavedError({
    code: "PVD9003",
    where: wanted,
    got: environments.length > 0 ? "no control plane that runs" : "an environment that the service is not in",
    want: "one that the service is in",
    fix: `run paved sandbox up${environments.length > 0 ? ` --env ${environments[0]}` : ""}`,
  });
}

function noContext(environment: string, context: string): PavedError {
  return new PavedError({
    code: "PVD9005",
    where: `${environment} control plane`,
    got: `no context ${context}`,
    want: "one of the service's team",
    fix: `run paved sandbox up --env ${environment} again: it makes one for every team that owns a service there`,
  });
}
