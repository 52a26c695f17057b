import { isReservedName } from "@paved/model";

/** What stands in an environment's folder: something that is another one whenever the file is, by its path there. */
export type Listing = ReadonlyMap<string, string>;

/** What a delivery changes of one folder: a service's, or one of the platform's. */
export interface UnitChange {
  /** A service, `platform`, `_argocd` or `_flux`; `.` for files beside the folders, which no rendering has. */
  readonly unit: string;
  readonly isService: boolean;
  /** Whether the unit itself is new, or gone. */
  readonly change: "added" | "changed" | "removed";
  /** How many manifests. */
  readonly manifests: { readonly added: number; readonly changed: number; readonly removed: number };
}

/** What a delivery changes of an environment. */
export interface DeliveryChanges {
  /** Units that are not as before, by name. */
  readonly units: readonly UnitChange[];
  /** Services before and after, each once. */
  readonly services: { readonly before: number; readonly after: number; readonly all: number };
}

/**
 * What is different between what was delivered and what is rendered.
 * @param before the environment's folder on the branch
 * @param after the same as it is rendered; paths as in `before`
 */
export function changesBetween(before: Listing, after: Listing): DeliveryChanges {
  const names = [...new Set([...before.keys(), ...after.keys()].map(unitOf))].toSorted();
  const units = names.map((unit) => unitChange(unit, before, after)).filter(({ manifests }) => total(manifests) > 0);
  const services = (listing: Listing) => new Set([...listing.keys()].map(unitOf).filter(isService));
  return {
    units,
    services: {
      before: services(before).size,
      after: services(after).size,
      all: names.filter(isService).length,
    },
  };
}

/** All manifests of a change. */
export function total({ added, changed, removed }: UnitChange["manifests"]): number {
  return added + changed + removed;
}

function unitChange(unit: string, before: Listing, after: Listing): UnitChange {
  const [old, fresh] = [pathsOf(unit, before), pathsOf(unit, after)];
  const manifests = {
    added: fresh.filter((path) => !before.has(path)).length,
    changed: fresh.filter((path) => before.has(path) && before.get(path) !== after.get(path)).length,
    removed: old.filter((path) => !after.has(path)).length,
  };
  const change = old.length === 0 ? "added" : fresh.length === 0 ? "removed" : "changed";
  return { unit, isService: isService(unit), change, manifests };
}

function pathsOf(unit: string, listing: Listing): readonly string[] {
  return [...listing.keys()].filter((path) => unitOf(path) === unit);
}

/** Folder of an environment that a file is in, by its path there; `.` for one beside the folders. */
export function unitOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : ".";
}

/** Names with an underscore tell what delivers what to deliver, and no service can be called as the platform. */
export function isService(unit: string): boolean {
  return unit !== "." && !unit.startsWith("_") && !isReservedName(unit);
}
