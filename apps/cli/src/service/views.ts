import { ApiClient, ApiRefusal, NoAnswer } from "@paved/control-plane";
import { type Deliverer, delivererOf, didYouMean, type FleetIndex, PavedError } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import { indexAtHand, selectionOf } from "../commands/fleet-at-hand";
import { liveClusters } from "./live-clusters";
import { sandboxClusters } from "./sandbox-clusters";
import type { ReadableCluster, WantedClusters } from "./readable-cluster";

/** One service in one environment whose cluster answers, and who looks at it. */
export interface ServiceView {
  readonly service: string;
  readonly environment: string;
  /** What delivers there. */
  readonly delivery: Deliverer;
  /** Asks as whoever looks. */
  readonly reader: ApiClient;
  /** Who looks: a context of the kubeconfig. */
  readonly context: string;
}

/**
 * Does `look` for a service in every environment that is chosen: in the sandbox as its own team sees it, and with `--live` in
 * the clusters of the user's kubeconfig, as that says.
 * @throws PavedError PVD1001 for an environment and PVD4001 for a service that there is not, or that runs no pods, PVD4003 for
 * options that do not go together, PVD9003 where no control plane runs, PVD9004 where one runs in part, PVD9005 for what the
 * API server refuses, PVD9007 for a cluster that the kubeconfig does not bring to
 */
export async function viewService<T>(
  context: CommandContext,
  look: (view: ServiceView) => Promise<T>,
): Promise<readonly T[]> {
  const { options } = context;
  const service = context.arguments[0]!;
  const index = await indexAtHand(context);
  const { environments: chosen } = selectionOf(options);
  select(index, [], { environments: chosen });
  const environments = environmentsOf(index, service).filter((name) => chosen?.includes(name) ?? true);
  const { owner } = index.services.find(({ name }) => name === service)!;
  const wanted: WantedClusters = { environments, chosen, owner, index };
  const clusters =
    options["live"] === true ? await liveClusters(context, wanted) : await sandboxClusters(context, wanted);
  return Promise.all(
    clusters.map((cluster) => {
      const delivery = delivererOf(index.environments.find(({ name }) => name === cluster.environment)!);
      return lookAt(cluster, { service, delivery }, look);
    }),
  );
}

async function lookAt<T>(
  { environment, context, access, remedy }: ReadableCluster,
  { service, delivery }: Pick<ServiceView, "service" | "delivery">,
  look: (view: ServiceView) => Promise<T>,
): Promise<T> {
  const reader = new ApiClient(access);
  try {
    return await look({ service, environment, delivery, reader, context });
  } catch (error) {
    if (error instanceof NoAnswer) throw remedy.unreachable?.(error) ?? error;
    if (!(error instanceof ApiRefusal)) throw error;
    throw new PavedError({
      code: "PVD9005",
      where: `${service} in ${environment}, as ${context}`,
      got: `${error.status} ${error.message}`,
      want: "what the team's own namespace lets it read",
      fix: remedy.refused(service),
    });
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
