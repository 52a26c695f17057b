import { type ControlPlane, deliveryOf, ensurePrograms, type Programs, up } from "@paved/control-plane";
import type { Deliverer, FleetIndex } from "@paved/model";
import type { CommandContext } from "../command-spec";

/** A control plane that runs, and how long that took. */
export interface StartedControlPlane extends ControlPlane {
  readonly seconds: number;
}

/** Which control planes are started. */
export interface Wanted {
  readonly index: FleetIndex;
  /** @default - all */
  readonly environments?: readonly string[];
  /** What delivers to them from now on. @default - what delivered before, if anything did */
  readonly delivery?: Deliverer;
  /** How many nodes each simulates from now on. @default - as many as before, three at first */
  readonly nodes?: number;
  /** Told of each that is ready. */
  readonly told: (controlPlane: StartedControlPlane) => void;
}

/**
 * Builds what control planes run, where that is to be done, and starts them one after the other.
 * @throws PavedError PVD9001 when something cannot be built, PVD9002 when one does not start
 */
export async function startControlPlanes(
  { workspace, terminal }: CommandContext,
  { index, environments, delivery: wanted, nodes, told }: Wanted,
): Promise<readonly StartedControlPlane[]> {
  const chosen = index.environments.filter(({ name }) => environments?.includes(name) ?? true);
  const by = (environment: string): Deliverer | undefined => wanted ?? deliveryOf(workspace, environment);
  const programs = new Map<Deliverer | undefined, Programs>();
  for (const delivery of new Set(chosen.map(({ name }) => by(name)))) {
    programs.set(delivery, await ensurePrograms(workspace, { delivery, progress: terminal.err }));
  }
  const ready: StartedControlPlane[] = [];
  for (const { name: environment, region } of chosen) {
    const begin = performance.now();
    const props = { environment, region, teams: teamsIn(index, environment), delivery: wanted, nodes };
    const options = { programs: programs.get(by(environment))!, progress: terminal.err };
    const controlPlane = await up(workspace, props, options);
    ready.push({ ...controlPlane, seconds: Math.round((performance.now() - begin) / 100) / 10 });
    told(ready.at(-1)!);
  }
  return ready;
}

/** Teams that own a service in the environment. */
function teamsIn({ stacks }: FleetIndex, environment: string): readonly string[] {
  const services = stacks.filter((stack) => stack.environment === environment && stack.service !== undefined);
  return [...new Set(services.map(({ owner }) => owner))].toSorted();
}
