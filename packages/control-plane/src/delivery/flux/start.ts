import path from "node:path";
import { fluxAccess } from "./access";
import { FLUX_NAMESPACE } from "./namespace";
import { applyObjects } from "../../api/apply";
import type { Setting } from "../../components/component";
import { FLUX_CONTROLLERS } from "../../components/names";
import { type FluxSetting, kustomizeController, sourceController } from "../../components/flux";
import { gitHttpServer } from "../../components/git-http-server";
import type { Ports } from "../../ports";
import { FLUX_DEFINITION_FILES, type FluxPrograms } from "../../programs/flux";
import type { EnvironmentFolder } from "../../site";
import { bringKinds } from "../definitions";
import { DELIVERY_BRANCH, ensureRepository, repositoryAddress } from "../repository";
import type { DeliveryStart, RepositoryAddress } from "../start";

/** From where Flux delivers to a control plane. */
export interface FluxAddress extends RepositoryAddress {
  readonly by: "flux";
}

/** The repository of Flux of an environment. */
export function fluxAddress(folder: EnvironmentFolder, ports: Ports): FluxAddress {
  const repository = repositoryAddress("http", ports["git-server"]);
  return { by: "flux", repository, folder: folder.repository, branch: DELIVERY_BRANCH };
}

/** By a field of its own the namespace is known to be the sandbox's, which OpenTofu may take over. */
const OURS = { "kubernetes.io/description": "Flux of the sandbox" };

/** Starts Flux, or what of it does not run, with its kinds and rights as they have to be. */
export async function startFlux(
  setting: Setting,
  delivery: FluxPrograms,
  { client, run, fieldManager, teams }: DeliveryStart,
): Promise<FluxAddress> {
  ensureRepository(setting.folder);
  const home = { apiVersion: "v1", kind: "Namespace", metadata: { name: FLUX_NAMESPACE, annotations: OURS } };
  await applyObjects(client, [home, ...fluxAccess(teams)], { fieldManager });
  const definitions = FLUX_CONTROLLERS.flatMap((name) =>
    FLUX_DEFINITION_FILES[name].map((file) => path.join(delivery[name].files!, file)),
  );
  await bringKinds(client, definitions, fieldManager);
  const flux: FluxSetting = { ...setting, delivery };
  await run(gitHttpServer(flux), sourceController(flux), kustomizeController(flux));
  return fluxAddress(setting.folder, setting.ports);
}
