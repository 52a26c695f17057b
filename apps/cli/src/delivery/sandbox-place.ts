import {
  accessIn,
  ApiClient,
  type ApiRefusal,
  applyObjects,
  bootstrapObjects,
  bringAddOnKinds,
  type ControlPlaneStatus,
  type DeliveryAddress,
  isNotThere,
  type KubernetesObject,
  type RepositorySwap,
  settledStatus,
  textForSandbox,
  whatIsAmiss,
} from "@paved/control-plane";
import type { RenderedFile } from "@paved/delivery";
import { customResourceDefinitions } from "@paved/judges";
import { type Deliverer, DELIVERER_TITLES, delivererOf, type EnvironmentEntry, PavedError } from "@paved/model";
import type { Fleet, Workspace } from "@paved/pipeline";
import { unlessStopped } from "./stoppable";

const FIELD_MANAGER = "paved-sandbox";

/** What delivers to an environment's control plane. */
export interface DeliveringPlace {
  readonly environment: string;
  readonly address: DeliveryAddress;
  /** Asks the API server as an administrator; to be closed. */
  readonly client: ApiClient;
}

/** What delivers to an environment's control plane, and where it takes manifests from. */
export interface SandboxPlace extends DeliveringPlace {
  /** The repository that manifests name, and the one that is here instead. */
  readonly swap: RepositorySwap;
}

/**
 * What delivers to an environment in the sandbox, as its file says.
 * @throws PavedError PVD9003 where no control plane runs, PVD9004 where one runs in part, PVD9006 where that does not deliver to it
 */
export async function sandboxPlace(workspace: Workspace, environment: EnvironmentEntry): Promise<SandboxPlace> {
  const { name, delivery } = environment;
  const by = delivererOf(environment);
  const status = await settledStatus(workspace, name);
  if (status.state !== "ready" || status.delivery?.by !== by) throw notThere(status, by);
  const { delivery: address } = status;
  return { ...reached(status, address), swap: { from: delivery.repository, to: address.repository } };
}

/**
 * What delivers to an environment in the sandbox now, whatever its file says.
 * @param progress told when a control plane that does not answer is asked again
 * @returns nothing where no control plane runs, or nothing delivers to it
 * @throws PavedError PVD9004 where one runs in part
 */
export async function deliveringNow(
  workspace: Workspace,
  environment: string,
  progress: (line: string) => void,
): Promise<DeliveringPlace | undefined> {
  const status = await settledStatus(workspace, environment, progress);
  const { state, delivery: address } = status;
  if (state === "stopped" || address === undefined) return undefined;
  if (state === "degraded") throw notThere(status, address.by);
  return reached(status, address);
}

function reached({ environment, kubeconfig }: ControlPlaneStatus, address: DeliveryAddress): DeliveringPlace {
  return { environment, address, client: new ApiClient(accessIn(kubeconfig!, `${environment}-administrator`)!) };
}

/** The manifests of an environment as the sandbox takes them: from its own repository, and at any time. */
export function manifestsFor({ environment, swap }: SandboxPlace, { delivered }: Fleet): readonly RenderedFile[] {
  return delivered
    .filter((file) => file.environment === environment)
    .map((file) => ({ ...file, text: textForSandbox(file.text, swap) }));
}

/**
 * Brings what the platform's Helm releases would have brought where they are emulated: the kinds of the add-ons, and Argo CD's first
 * projects and applications, or Flux's accounts and first Kustomization. What is there already stays as it is.
 * @throws PavedError PVD2014 when a definition cannot be had, PVD9002 when the API server does not serve one, PVD9006 when a
 * namespace of the platform is not there, or the reason of the signal
 */
export async function bringBootstrap(
  workspace: Workspace,
  fleet: Fleet,
  place: SandboxPlace,
  signal?: AbortSignal,
): Promise<void> {
  const { judges: home, judgeRequirements: requirements } = workspace;
  const definitions = await unlessStopped(signal, customResourceDefinitions({ home, requirements }));
  const options = { fieldManager: FIELD_MANAGER, signal };
  await bringAddOnKinds(place.client, definitions as readonly KubernetesObject[], options);
  const roots = fleet.stacks.filter(({ environment }) => environment === place.environment).map(({ json }) => json);
  try {
    await applyObjects(place.client, bootstrapObjects(roots, place.swap), options);
  } catch (error) {
    throw isNotThere(error) ? notApplied(place.environment, error) : error;
  }
}

/** Flux is let into namespaces of the platform, which its stack makes first. */
function notApplied(environment: string, { message }: ApiRefusal): PavedError {
  return new PavedError({
    code: "PVD9006",
    where: environment,
    got: message,
    want: "what the environment's stacks make there",
    fix: `run paved apply --env ${environment}`,
  });
}

function notThere(status: ControlPlaneStatus, by: Deliverer): PavedError {
  const { environment, state, delivery } = status;
  const code = state === "stopped" ? "PVD9003" : state === "degraded" ? "PVD9004" : "PVD9006";
  const got = {
    stopped: "no control plane that runs",
    degraded: whatIsAmiss(status),
    ready: `a control plane that ${delivery === undefined ? "nothing" : DELIVERER_TITLES[delivery.by]} delivers to`,
  }[state];
  return new PavedError({
    code,
    where: environment,
    got,
    want: `a control plane with ${DELIVERER_TITLES[by]}`,
    fix: `run paved sandbox up --env ${environment} --delivery ${by}`,
  });
}
