import { type Deliverer, DELIVERER_TITLES, PavedError } from "@paved/model";
import { type FluxAddress, fluxAddress, startFlux } from "./flux/start";
import { type ArgoCdAddress, argoCdAddressOf, type DeliveryStart, startArgoCd } from "./start";
import type { Setting } from "../components/component";
import { DELIVERY_COMPONENT_NAMES } from "../components/names";
import type { Ports } from "../ports";
import type { ArgoCdPrograms } from "../programs/delivery";
import type { Programs } from "../programs/ensure";
import type { FluxPrograms } from "../programs/flux";
import type { EnvironmentFolder } from "../site";

/** What delivers to a control plane, and from where. */
export type DeliveryAddress = ArgoCdAddress | FluxAddress;

/** Where it is. @returns undefined where it was never started */
export function deliveryAddress(
  by: Deliverer | undefined,
  folder: EnvironmentFolder,
  ports: Ports,
): DeliveryAddress | undefined {
  if (by === undefined || DELIVERY_COMPONENT_NAMES[by].some((name) => ports[name] === undefined)) return undefined;
  return by === "flux" ? fluxAddress(folder, ports) : argoCdAddressOf(folder, ports);
}

/** Starts what delivers, or what of it does not run. @throws PavedError as {@link requireDelivery} */
export async function startDelivery(
  by: Deliverer,
  setting: Setting,
  programs: Programs,
  start: DeliveryStart,
): Promise<DeliveryAddress> {
  requireDelivery(by, setting.folder, programs);
  return by === "flux"
    ? startFlux(setting, programs as Programs & FluxPrograms, start)
    : startArgoCd(setting, programs as Programs & ArgoCdPrograms, start);
}

/** @throws PavedError PVD9001 when the programs that deliver are not among those that were asked for */
export function requireDelivery(by: Deliverer, { environment }: EnvironmentFolder, programs: Programs): void {
  if (DELIVERY_COMPONENT_NAMES[by].every((name) => programs[name] !== undefined)) return;
  throw new PavedError({
    code: "PVD9001",
    where: environment,
    got: `no ${DELIVERER_TITLES[by]}`,
    want: "what delivers to this environment, built",
    fix: `run paved setup --delivery${by === "argo-cd" ? "" : ` ${by}`}, then paved sandbox up`,
  });
}
