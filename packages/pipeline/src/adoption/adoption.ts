import type { FleetIndex, StackEntry } from "@paved/model";

/** How much of one service in one environment stands on its golden path. */
export interface ServiceAdoption {
  readonly service: string;
  readonly owner: string;
  readonly environment: string;
  /** With its version, for example `node-api@1`; `none` where the service has none. */
  readonly goldenPath: string;
  /** Resources the service's stack manages. */
  readonly resources: number;
  /** Those of them that its golden path made. */
  readonly onPath: number;
  readonly deviations: number;
  /** What each deviation leaves, and until when; those that end first come first. */
  readonly left: readonly LeftRule[];
}

/** What one deviation leaves. */
export interface LeftRule {
  /** Id of a rule, or a promise in a word. */
  readonly rule: string;
  /** Day on which it is over, as `YYYY-MM-DD`. */
  readonly expires: string;
}

/** The same, of many. */
export interface AdoptionTotal {
  /** What it is the total of: a team, a service, an environment or a golden path. */
  readonly name: string;
  readonly services: number;
  readonly resources: number;
  readonly onPath: number;
  readonly deviations: number;
  /** Share of the resources that a golden path made, 0 to 1; 1 of nothing. */
  readonly share: number;
}

/** What adoption can be counted by, each with how a service's figures are told apart. */
export const GROUPINGS = {
  team: ({ owner }: ServiceAdoption) => owner,
  service: ({ service }: ServiceAdoption) => service,
  environment: ({ environment }: ServiceAdoption) => environment,
  "golden-path": ({ goldenPath }: ServiceAdoption) => goldenPath,
} as const;

/** One of {@link GROUPINGS}. */
export type Grouping = keyof typeof GROUPINGS;

/** Adoption of golden paths, counted from what is really declared. */
export interface Adoption {
  readonly total: AdoptionTotal;
  readonly by: Readonly<Record<Grouping, readonly AdoptionTotal[]>>;
  readonly services: readonly ServiceAdoption[];
}

/** Counts the resources of services' stacks by who made them. Pure. */
export function adoptionOf(index: FleetIndex): Adoption {
  const paths = new Map(index.services.map(({ name, goldenPath }) => [name, goldenPath]));
  return adoptionFrom(
    index.stacks
      .filter(({ kind }) => kind === "service")
      .map((stack) => serviceAdoption(stack, paths.get(stack.service ?? "") ?? "none")),
  );
}

/** Adoption of these services, counted in every way. */
export function adoptionFrom(services: readonly ServiceAdoption[]): Adoption {
  const by = (grouping: Grouping) => grouped(services, grouping).map(({ name, own }) => totalOf(name, own));
  return {
    total: totalOf("all", services),
    by: {
      team: by("team"),
      service: by("service"),
      environment: by("environment"),
      "golden-path": by("golden-path"),
    },
    services,
  };
}

/** The services of each team, environment, … : environments in the order that they come in, all else by name. */
export function grouped(
  services: readonly ServiceAdoption[],
  grouping: Grouping,
): readonly { readonly name: string; readonly own: readonly ServiceAdoption[] }[] {
  const key = GROUPINGS[grouping];
  const names = [...new Set(services.map(key))];
  const ordered = grouping === "environment" ? names : names.toSorted();
  return ordered.map((name) => ({ name, own: services.filter((each) => key(each) === name) }));
}

function serviceAdoption(stack: StackEntry, goldenPath: string): ServiceAdoption {
  const managed = Object.entries(stack.elements).filter(([address]) => !address.startsWith("data."));
  return {
    service: stack.service ?? "",
    owner: stack.owner,
    environment: stack.environment,
    goldenPath,
    resources: managed.length,
    onPath: managed.filter(([, origin]) => origin.goldenPath !== undefined).length,
    deviations: stack.deviations.length,
    left: leftRules(stack.deviations),
  };
}

/** The rules that are left, in the order that a record has them in. */
export function leftRules(deviations: readonly LeftRule[]): readonly LeftRule[] {
  const key = ({ expires, rule }: LeftRule) => `${expires} ${rule}`;
  return deviations.map(({ rule, expires }) => ({ rule, expires })).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The sum of several services under a name. */
function totalOf(name: string, services: readonly ServiceAdoption[]): AdoptionTotal {
  const sum = (of: (service: ServiceAdoption) => number) => services.reduce((all, service) => all + of(service), 0);
  const resources = sum((service) => service.resources);
  const onPath = sum((service) => service.onPath);
  return {
    name,
    services: new Set(services.map(({ service }) => service)).size,
    resources,
    onPath,
    deviations: sum((service) => service.deviations),
    share: resources === 0 ? 1 : onPath / resources,
  };
}
