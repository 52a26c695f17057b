import { ApiClient, ApiRefusal, clustersOf, accessIn, type RunningCluster } from "@paved/control-plane";
import { didYouMean, type FleetIndex, PavedError } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import { indexAtHand, selectionOf } from "../commands/fleet-at-hand";

/** One service in one environment whose control plane runs, and who looks at it. */
export interface ServiceView {
  readonly service: string;
  readonly environment: string;
  /** Asks as whoever looks. */
  readonly reader: ApiClient;
  /** Who looks: a context of the kubeconfig. */
  readonly context: string;
}

/** As whom a service is looked at; its own team when nothing is said. */
export const LOOKERS = ["team", "reader", "administrator"] as const;

/**
 * Does `look` for a service in every environment that is chosen, as its own team sees it.
 * @throws PavedError PVD1001 for an environment and PVD4001 for a service that there is not, or that runs no pods, PVD9003 where no
 * control plane runs, PVD9004 where one runs in
 * part, PVD9005 for what the API server refuses
 */
export async function viewService<T>(
  context: CommandContext,
  look: (view: ServiceView) => Promise<T>,
): Promise<readonly T[]> {
  const { workspace, options } = context;
  const service = context.arguments[0]!;
  const index = await indexAtHand(context);
  const { environments: chosen } = selectionOf(options);
  select(index, [], { environments: chosen });
  const environments = environmentsOf(index, service).filter((name) => chosen?.includes(name) ?? true);
  const { running, broken } = await clustersOf(workspace, environments);
  if (broken[0] !== undefined) throw broken[0].error;
  // What was asked for by name is not passed over in silence.
  const stopped = environments.filter((name) => !running.some(({ environment }) => environment === name));
  if (running.length === 0 || (chosen !== undefined && stopped.length > 0)) {
    for (const cluster of running) cluster.close();
    throw notRunning(stopped, chosen);
  }
  try {
    const owner = index.services.find(({ name }) => name === service)!.owner;
    return await Promise.all(running.map((cluster) => lookAt(cluster, { service, owner, options }, look)));
  } finally {
    for (const cluster of running) cluster.close();
  }
}

interface Asked {
  readonly service: string;
  readonly owner: string;
  readonly options: CommandContext["options"];
}

async function lookAt<T>(
  { environment, kubeconfig }: RunningCluster,
  { service, owner, options }: Asked,
  look: (view: ServiceView) => Promise<T>,
): Promise<T> {
  const who = (options["as"] ?? "team") as (typeof LOOKERS)[number];
  const context = `${environment}-${who === "team" ? `team-${owner}` : who}`;
  const access = accessIn(kubeconfig, context);
  if (access === undefined) throw noContext(environment, context);
  const reader = new ApiClient(access);
  try {
    return await look({ service, environment, reader, context });
  } catch (error) {
    throw error instanceof ApiRefusal ? refused(error, { service, environment, context }) : error;
  } finally {
    reader.close();
  }
}

function environmentsOf(index: FleetIndex, service: string): readonly string[] {
  const own = index.stacks.filter((stack) => stack.service === service);
  if (own.some(({ release }) => release === "unneeded")) throw withoutPods(service);
  if (own.length > 0) return own.map(({ environment }) => environment);
  throw new PavedError({
    code: "PVD4001",
    where: "<service>",
    got: service,
    want: "a service of the fleet",
    fix: didYouMean(
      service,
      index.services.map(({ name }) => name),
    ),
  });
}

function withoutPods(got: string): PavedError {
  return new PavedError({
    code: "PVD4001",
    where: "<service>",
    got,
    want: "a service that runs pods",
    fix: `a site is in its bucket: see paved open ${got}`,
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

function refused({ status, message }: ApiRefusal, { service, environment, context }: Omit<ServiceView, "reader">) {
  return new PavedError({
    code: "PVD9005",
    where: `${service} in ${environment}, as ${context}`,
    got: `${status} ${message}`,
    want: "what the team's own namespace lets it read",
    fix: `run paved apply --env ${environment} --service ${service} first: it makes the namespace and who may read it`,
  });
}
