import type { FleetIndex, ReleaseState, ServiceEntry } from "@paved/model";
import { chosenStacks, fleetAtHand, selectionOf } from "./fleet-at-hand";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";

/** A service in one environment. */
interface Placement {
  readonly environment: string;
  readonly stacks: readonly string[];
  /** Whether its workload can run there; `none` when it has no workload. */
  readonly release: ReleaseState | "none";
}

interface ListedService extends Pick<ServiceEntry, "name" | "owner" | "tier" | "onCall" | "goldenPath" | "source"> {
  readonly environments: readonly Placement[];
}

/** `paved list` */
export const listCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const fleet = await fleetAtHand(context);
  const { index } = fleet;
  const chosen = new Set(chosenStacks(fleet, options).map(({ name }) => name));
  const wanted = selectionOf(options).environments;
  const environments = index.environments.flatMap(({ name }) => (wanted?.includes(name) === false ? [] : [name]));
  const services = listServices(index, environments).filter((service) =>
    service.environments.some((placement) => placement.stacks.some((stack) => chosen.has(stack))),
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
export function listServices(index: FleetIndex, environments: readonly string[]): ListedService[] {
  return index.services.map(({ name, owner, tier, onCall, goldenPath, source, stacks }) => ({
    name,
    owner,
    tier,
    onCall,
    goldenPath,
    source,
    environments: environments.flatMap((environment) => {
      const placed = index.stacks.filter((stack) => stacks.includes(stack.name) && stack.environment === environment);
      const [first] = placed;
      if (first === undefined) return [];
      return [{ environment, stacks: placed.map((stack) => stack.name), release: first.release ?? "none" }];
    }),
  }));
}

const STATES: Readonly<Record<Placement["release"], string>> = {
  released: "released",
  awaited: "no image yet",
  unneeded: "needs no image",
  none: "no workload",
};

function row({ name, owner, tier, goldenPath, environments }: ListedService, columns: readonly string[]): string[] {
  const cells = columns.map((column) => {
    const placement = environments.find(({ environment }) => environment === column);
    return placement === undefined ? "-" : STATES[placement.release];
  });
  return [name, owner, String(tier), goldenPath, ...cells];
}
