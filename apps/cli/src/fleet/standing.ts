import path from "node:path";
import type { ServiceEntry } from "@paved/model";
import { type Scaffold, SCAFFOLDS } from "@paved/scaffold";
import { type MissedChange, missedChanges } from "../upgrade/summary";
import type { Checkout } from "./checkouts";

/**
 * How a service stands to its scaffold: it has the newest version, or an older one, or one that this platform does not know
 * (yet); it was made by hand; what it says cannot be read; or no checkout of it was found.
 */
export type Standing = "up to date" | "behind" | "not known here" | "made by hand" | "not readable" | "not found";

/** A repository of a service, and how it stands to its scaffold. */
export interface ServiceStanding extends Pick<ServiceEntry, "name" | "owner" | "goldenPath"> {
  readonly standing: Standing;
  /** @default - no checkout was found */
  readonly directory?: string;
  /** The scaffold and version that it records, `node-api@2`. @default - none that can be read */
  readonly scaffold?: string;
  /** What the versions after it brought. */
  readonly missed: readonly MissedChange[];
}

/**
 * How each service stands to its scaffold, by name. A repository belongs to the service that it records; one that records
 * nothing, to the one that its folder is called after. A service with several checkouts has as many entries.
 */
export function standings(
  services: readonly ServiceEntry[],
  checkouts: readonly Checkout[],
): readonly ServiceStanding[] {
  return services
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, owner, goldenPath }): readonly ServiceStanding[] => {
      const about = { name, owner, goldenPath };
      const own = checkouts.filter((checkout) => serviceOf(checkout) === name);
      if (own.length === 0) return [{ ...about, standing: "not found", missed: [] }];
      return own.map((checkout) => ({ ...about, directory: checkout.directory, ...standingOf(checkout) }));
    });
}

/** Repositories that a scaffold made for a service that this platform does not have. */
export function strangers(services: readonly ServiceEntry[], checkouts: readonly Checkout[]): readonly Checkout[] {
  const names = new Set(services.map(({ name }) => name));
  return checkouts.filter((checkout) => checkout.record !== undefined && !names.has(serviceOf(checkout)));
}

/** The service that a repository is of. */
export function serviceOf({ directory, record }: Checkout): string {
  return String(record?.values["name"] ?? path.basename(directory));
}

function standingOf({ record, damaged }: Checkout): Pick<ServiceStanding, "standing" | "scaffold" | "missed"> {
  if (record === undefined) return { standing: damaged ? "not readable" : "made by hand", missed: [] };
  const id = `${record.goldenPath}@${record.version}`;
  const scaffold = SCAFFOLDS.find(({ name }) => name === record.goldenPath);
  if (scaffold === undefined || record.version > scaffold.version) {
    return { standing: "not known here", scaffold: id, missed: [] };
  }
  const missed = missedChanges({ record, scaffold });
  return { standing: missed.length === 0 ? "up to date" : "behind", scaffold: id, missed };
}

/** What services are behind by, each version of a scaffold once, the newest last. */
export function missedOf(found: readonly ServiceStanding[]): readonly (MissedChange & Pick<Scaffold, "name">)[] {
  return SCAFFOLDS.flatMap(({ name, changes }) => {
    const behind = found.filter(({ scaffold, missed }) => missed.length > 0 && scaffold?.startsWith(`${name}@`));
    const most = Math.max(0, ...behind.map(({ missed }) => missed.length));
    return changes.map((what, index) => ({ name, version: index + 1, what })).slice(changes.length - most);
  });
}
