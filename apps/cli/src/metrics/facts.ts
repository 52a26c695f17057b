import type { Commits, PastStanding, Standing } from "@paved/metrics";
import { type FleetIndex, PavedError } from "@paved/model";
import {
  adoptionFrom,
  adoptionOf,
  firstCommits,
  recordHistory,
  type ServiceAdoption,
  type Workspace,
} from "@paved/pipeline";

/** What figures are counted from beside the event log. */
export interface FleetFacts {
  readonly services: Commits;
  readonly environments: Commits;
  readonly layers: readonly string[];
  readonly standing: Standing;
  readonly past: readonly PastStanding[];
  /** What could not be had, each as a line. */
  readonly notes: readonly string[];
}

const SERVICES = "stacks/services";
const ENVIRONMENTS = "environments/src";

/**
 * What the fleet and its repository say.
 * @param since day to look back to in the record of adoption, as `YYYY-MM-DD`
 */
export function fleetFacts(workspace: Workspace, index: FleetIndex, since: string): FleetFacts {
  const fleet = { layers: layersOf(index), standing: standingOf(adoptionOf(index).services) };
  try {
    const commits = firstCommits(workspace, [SERVICES, ENVIRONMENTS]);
    const added = (named: readonly { readonly name: string; readonly file: string }[]): Commits =>
      new Map(named.flatMap(({ name, file }) => (commits.has(file) ? [[name, commits.get(file)!]] : [])));
    return {
      ...fleet,
      services: added(index.services.map(({ name, source }) => ({ name, file: source }))),
      environments: added(index.environments.map(({ name }) => ({ name, file: `${ENVIRONMENTS}/${name}.ts` }))),
      past: pastOf(workspace, since),
      notes: [],
    };
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    const notes = error.findings.map(({ got }) => `without the history of Git: ${got}`);
    return { ...fleet, services: new Map(), environments: new Map(), past: [], notes };
  }
}

/** The platform's stacks that every environment has, without its name. */
function layersOf({ stacks, environments }: FleetIndex): readonly string[] {
  const own = (environment: string): ReadonlySet<string> => {
    const ofPlatform = stacks.filter((stack) => stack.environment === environment && stack.kind !== "service");
    return new Set(ofPlatform.map(({ name }) => name.slice(environment.length + 1)));
  };
  const [first = new Set<string>(), ...others] = environments.map(({ name }) => own(name));
  return [...first].filter((layer) => others.every((each) => each.has(layer)));
}

function standingOf(services: readonly ServiceAdoption[]): Standing {
  const { onPath, resources } = adoptionFrom(services).total;
  const deviating = services.filter(({ deviations }) => deviations > 0).length;
  return {
    adoption: { part: onPath, whole: resources },
    deviation: { part: deviating, whole: services.length },
  };
}

/** The oldest first, so that of those of one day the last counts. */
function pastOf(workspace: Workspace, since: string): readonly PastStanding[] {
  const history = recordHistory(workspace, { commits: Number.POSITIVE_INFINITY, since });
  return history
    .toReversed()
    .map(({ date, services }) => ({ at: Date.parse(`${date}T00:00:00Z`), ...standingOf(services) }));
}
