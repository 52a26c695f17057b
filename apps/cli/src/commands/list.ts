import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type FleetIndex, parseReleases, PavedError, type Releases, type ServiceEntry } from "@paved/model";
import type { Workspace } from "@paved/pipeline";
import { chosenStacks, fleetAtHand, selectionOf } from "./fleet-at-hand";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";

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
  const fleet = await fleetAtHand(context);
  const { index } = fleet;
  const chosen = new Set(chosenStacks(fleet, options).map(({ name }) => name));
  const wanted = selectionOf(options).environments ?? index.environments;
  const environments = index.environments.filter((name) => wanted.includes(name));
  const services = listServices(index, environments, (environment) => readReleases(workspace, environment)).filter(
    (service) => service.environments.some((placement) => placement.stacks.some((stack) => chosen.has(stack))),
  );
  if (options["json"] === true) terminal.out(JSON.stringify({ services }, null, 2));
  else {
    terminal.out(`${quantity(services.length, "service")} in ${environments.join(", ")}`);
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
  return existsSync(full) ? parseReleases(parseJson(readFileSync(full, "utf8"), file), file) : {};
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message: got } = error as Error;
    throw new PavedError({ code: "PVD1020", where, got, want: "JSON", fix: "restore it from Git" });
  }
}
