import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type FleetIndex, parseReleases, type Releases, type ServiceEntry } from "@paved/model";
import type { Workspace } from "@paved/pipeline";
import { fleetAtHand, selectionOf } from "./fleet-at-hand";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { select } from "@paved/pipeline";

/** A service in one environment. */
interface Placement {
  readonly environment: string;
  readonly stacks: readonly string[];
  /** Whether an image is released there; without one the service has no workload yet. */
  readonly released: boolean;
}

interface ListedService extends Pick<ServiceEntry, "name" | "owner" | "tier" | "onCall" | "goldenPath" | "source"> {
  readonly environments: readonly Placement[];
}

/** `paved list` */
export const listCommand: CommandRun = async (context) => {
  const { terminal, options, workspace } = context;
  const { index, stacks } = await fleetAtHand(context);
  const selection = selectionOf(options);
  const chosen = new Set(select(index, stacks, selection).map(({ name }) => name));
  const environments = selection.environments ?? index.environments;
  const services = listServices(index, environments, (environment) => readReleases(workspace, environment)).filter(
    (service) => service.environments.some((placement) => placement.stacks.some((stack) => chosen.has(stack))),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ services }, null, 2));
  else {
    terminal.out(`${services.length} services in ${environments.join(", ")}`);
    const heads = ["service", "owner", "tier", "golden path", ...environments].map((head) => ({ head }));
    terminal.out(
      drawTable(
        terminal,
        heads,
        services.map((service) => row(service, environments)),
      ),
    );
  }
  return EXIT_CODES.ok.code;
};

/** Every service with the environments it is in. */
export function listServices(
  index: FleetIndex,
  environments: readonly string[],
  releasesOf: (environment: string) => Releases,
): ListedService[] {
  const environmentOf = new Map(index.stacks.map(({ name, environment }) => [name, environment]));
  return index.services.map(({ name, owner, tier, onCall, goldenPath, source, stacks }) => ({
    name,
    owner,
    tier,
    onCall,
    goldenPath,
    source,
    environments: environments
      .map((environment) => ({
        environment,
        stacks: stacks.filter((stack) => environmentOf.get(stack) === environment),
        released: releasesOf(environment)[name] !== undefined,
      }))
      .filter((placement) => placement.stacks.length > 0),
  }));
}

function row({ name, owner, tier, goldenPath, environments }: ListedService, columns: readonly string[]): string[] {
  const cells = columns.map((column) => {
    const placement = environments.find(({ environment }) => environment === column);
    if (placement === undefined) return "-";
    return placement.released ? "released" : "no image yet";
  });
  return [name, owner, String(tier), goldenPath, ...cells];
}

function readReleases(workspace: Workspace, environment: string): Releases {
  const file = path.join("environments", environment, "releases.json");
  const full = path.join(workspace.root, file);
  return existsSync(full) ? parseReleases(JSON.parse(readFileSync(full, "utf8")), file) : {};
}
