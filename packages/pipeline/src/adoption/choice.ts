import { didYouMean, type Finding, type FleetIndex, PavedError, type StackEntry } from "@paved/model";
import type { ServiceAdoption } from "./adoption";

/** Which services a report is about; what is not said chooses all. */
export interface ServiceChoice {
  readonly environments?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  /** Teams that own services. */
  readonly teams?: readonly string[] | undefined;
  /** With its version or without: `node-api`, `node-api@1`. */
  readonly goldenPaths?: readonly string[] | undefined;
}

type Placed = Pick<ServiceAdoption, "environment" | "service" | "owner" | "goldenPath">;

/** What each part of a choice looks at, and how the command line calls it. */
const PARTS = {
  environments: { flag: "--env", code: "PVD1001", names: ({ environment }: Placed) => [environment] },
  services: { flag: "--service", code: "PVD4001", names: ({ service }: Placed) => [service] },
  teams: { flag: "--team", code: "PVD4003", names: ({ owner }: Placed) => [owner] },
  goldenPaths: {
    flag: "--golden-path",
    code: "PVD4003",
    names: ({ goldenPath }: Placed) => [goldenPath, goldenPath.replace(/@.*$/, "")],
  },
} as const;
const KEYS = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** Those of the services that the choice is about. */
export function chosenServices<S extends Placed>(services: readonly S[], choice: ServiceChoice): readonly S[] {
  return services.filter((service) =>
    KEYS.every((key) => {
      const wanted = choice[key];
      return wanted === undefined || PARTS[key].names(service).some((name) => wanted.includes(name));
    }),
  );
}

/**
 * Refuses names that none of the services has: they would choose nothing, which would look like an answer.
 * @throws PavedError PVD1001 an environment, PVD4001 a service, PVD4003 a team or golden path, all at once
 */
export function checkChoice(services: readonly Placed[], choice: ServiceChoice): void {
  const findings = KEYS.flatMap((key) => {
    const { flag, code, names } = PARTS[key];
    const known = [...new Set(services.flatMap(names))].toSorted();
    return (choice[key] ?? [])
      .filter((name) => !known.includes(name))
      .map((got): Finding => ({ code, where: flag, got, want: "a name that is there", fix: didYouMean(got, known) }));
  });
  if (findings.length > 0) throw new PavedError(findings);
}

/** A service's stack, as a choice looks at it. */
export function placed({ environment, service = "", owner }: StackEntry, index: FleetIndex): Placed {
  const goldenPath = index.services.find(({ name }) => name === service)?.goldenPath ?? "none";
  return { environment, service, owner, goldenPath };
}
