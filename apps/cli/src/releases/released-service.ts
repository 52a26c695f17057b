import { type Finding, type FleetIndex, PavedError } from "@paved/model";
import { select } from "@paved/pipeline";

/** Where a service was asked for. */
export interface AskedService {
  readonly service: string;
  readonly environment: string;
}

/**
 * Makes sure that a service runs an image in an environment.
 * @throws PavedError PVD1001 or PVD4001 for names that the fleet does not have, or not together; PVD4001 for a site
 */
export function refuseWithoutImage(index: FleetIndex, { service, environment }: AskedService): void {
  const [stack] = select(index, index.stacks, { environments: [environment], services: [service] });
  if (stack !== undefined && stack.release !== undefined && stack.release !== "unneeded") return;
  throw new PavedError(stack === undefined ? notThere(index, { service, environment }) : withoutImage(service));
}

function notThere({ stacks }: FleetIndex, { service, environment }: AskedService): Finding {
  const found = stacks.filter((stack) => stack.service === service).map((stack) => stack.environment);
  const want = `a service in ${environment}`;
  return { code: "PVD4001", where: "<service>", got: service, want, fix: `it is in ${found.join(", ") || "none"}` };
}

function withoutImage(got: string): Finding {
  const want = "a service that runs an image";
  return { code: "PVD4001", where: "<service>", got, want, fix: "a site is brought to its bucket instead" };
}
