import { readFileSync } from "node:fs";
import { writeAtomically } from "@paved/machine";
import type { Deliverer } from "@paved/model";
import { COMPONENT_NAMES, type ComponentName, DELIVERY_COMPONENT_NAMES } from "../components/names";
import { type ControlPlaneSite, EnvironmentFolder } from "../site";

/** What delivers to an environment's control plane, running or not. @returns undefined where nothing does */
export function deliveryOf(site: ControlPlaneSite, environment: string): Deliverer | undefined {
  return recordedDelivery(new EnvironmentFolder(site, environment));
}

/** The same, by its folder. */
export function recordedDelivery(folder: EnvironmentFolder): Deliverer | undefined {
  try {
    return (JSON.parse(readFileSync(folder.delivery, "utf8")) as { readonly delivery?: Deliverer }).delivery;
  } catch {
    return undefined;
  }
}

/** Writes down that it has one from now on, so that whoever starts, stops or looks at it later knows. */
export function recordDelivery(folder: EnvironmentFolder, delivery: Deliverer): void {
  writeAtomically(folder.delivery, `${JSON.stringify({ delivery })}\n`);
}

/** What a control plane is made of that this delivers to. */
export function componentsOf(delivery: Deliverer | undefined): readonly ComponentName[] {
  return delivery === undefined ? COMPONENT_NAMES : [...COMPONENT_NAMES, ...DELIVERY_COMPONENT_NAMES[delivery]];
}
