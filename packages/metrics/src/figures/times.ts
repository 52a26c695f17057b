import { firstFew } from "@paved/model";
import type { PavedEvent } from "../events/event";
import { dayOf, type Window } from "../window";
import type { Deployment } from "./deployments";
import { type Figure, figureOf, mean, median, type Sample } from "./figure";

/** When the files of services or environments came into Git, in milliseconds since 1970, by name. */
export type Commits = ReadonlyMap<string, number>;

/** Names that a note has at most. */
const MOST_NAMES = 5;

/** What times are counted from. */
export interface TimeOptions {
  /** The earliest first. */
  readonly events: readonly PavedEvent[];
  /** Those of the place that is asked for, in the same order. */
  readonly deployed: readonly Deployment[];
  readonly window: Window;
  readonly commits: Commits;
}

/**
 * Time to first deployment: the median.
 * @param target environment of the first deployment
 */
export function firstDeployment(options: TimeOptions & { readonly target: string }): Figure {
  const ends = new Map<string, number>();
  for (const { at, stack } of options.deployed) {
    const { service, environment, outcome } = stack;
    if (service === undefined || environment !== options.target || outcome !== "applied") continue;
    if (!ends.has(service)) ends.set(service, at);
  }
  return figureFrom(options, ends, { id: "first-deployment", kind: "service", together: median });
}

/**
 * Mean time to environment.
 * @param layers the stacks that make an environment whole, without its name in front: `network`, `cluster`
 */
export function timeToEnvironment(options: TimeOptions & { readonly layers: readonly string[] }): Figure {
  const applied = new Map<string, Map<string, number>>();
  for (const { at, stack } of options.deployed) {
    const { name, service, environment, outcome } = stack;
    if (service !== undefined || outcome !== "applied") continue;
    const stacks = applied.get(environment) ?? new Map<string, number>();
    if (!stacks.has(name)) stacks.set(name, at);
    applied.set(environment, stacks);
  }
  const ends = new Map<string, number>();
  for (const [environment, stacks] of applied) {
    const times = options.layers.flatMap((layer) => stacks.get(`${environment}-${layer}`) ?? []);
    if (times.length === options.layers.length && times.length > 0) ends.set(environment, Math.max(...times));
  }
  return figureFrom(options, ends, { id: "environment", kind: "environment", together: mean });
}

interface Wanted {
  readonly id: "first-deployment" | "environment";
  readonly kind: "service" | "environment";
  readonly together: (values: readonly number[]) => number;
}

function figureFrom(options: TimeOptions, ends: ReadonlyMap<string, number>, wanted: Wanted): Figure {
  const { events, window } = options;
  const logBegan = events[0]?.at ?? window.to;
  const begun = beginnings(options, wanted.kind);
  const isOlder = (name: string) => begun.get(name)! < logBegan;
  const known = [...begun.keys()];
  const samples = [...ends]
    .filter(([name]) => begun.has(name) && !isOlder(name))
    .map(([name, at]): Sample => ({ at, value: (at - begun.get(name)!) / 1000 }));
  const waiting = known.filter((name) => !ends.has(name) && !isOlder(name)).toSorted();
  const older = known.filter(isOlder).length;
  const unknown = [...ends.keys()].filter((name) => !begun.has(name)).toSorted();
  const { kind } = wanted;
  const left = (count: number) => `left out: ${count} ${count === 1 ? kind : `${kind}s`}`;
  const notes = [
    ...(older > 0 && events.length > 0
      ? [`${left(older)} older than the log, which begins on ${dayOf(logBegan)}`]
      : []),
    ...(unknown.length > 0
      ? [`${left(unknown.length)} neither asked for nor committed: ${firstFew(unknown, MOST_NAMES)}`]
      : []),
    ...(waiting.length > 0 && events.length > 0 ? [`not there yet: ${firstFew(waiting, MOST_NAMES)}`] : []),
  ];
  return { ...figureOf(wanted.id, samples, window, wanted.together), notes };
}

/** When each began: what dealt with it first can only be later than that, so no time is below zero, however clocks go. */
function beginnings({ events, commits }: TimeOptions, kind: Wanted["kind"]): ReadonlyMap<string, number> {
  const begun = new Map(commits);
  const earlier = (name: string, at: number) => void begun.set(name, Math.min(at, begun.get(name) ?? at));
  for (const event of events) if (event.kind === "request" && event.subject === kind) earlier(event.name, event.at);
  for (const event of events) {
    if (event.kind !== "command") continue;
    for (const { service, environment } of event.stacks) {
      const name = kind === "service" ? service : environment;
      if (name !== undefined && begun.has(name)) earlier(name, event.at);
    }
  }
  return begun;
}
