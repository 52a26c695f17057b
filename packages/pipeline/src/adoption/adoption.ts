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
}

/** The same, of many. */
export interface AdoptionTotal {
  /** What it is the total of: a team, an environment or a golden path. */
  readonly name: string;
  readonly services: number;
  readonly resources: number;
  readonly onPath: number;
  readonly deviations: number;
  /** Share of the resources that a golden path made, 0 to 1; 1 of nothing. */
  readonly share: number;
}

/** Adoption of golden paths, counted from what is really declared. */
export interface Adoption {
  readonly total: AdoptionTotal;
  readonly teams: readonly AdoptionTotal[];
  readonly environments: readonly AdoptionTotal[];
  readonly goldenPaths: readonly AdoptionTotal[];
  readonly services: readonly ServiceAdoption[];
}

/** Counts the resources of services' stacks by who made them. Pure. */
export function adoptionOf(index: FleetIndex): Adoption {
  const paths = new Map(index.services.map(({ name, goldenPath }) => [name, goldenPath]));
  const services = index.stacks
    .filter(({ kind }) => kind === "service")
    .map((stack) => serviceAdoption(stack, paths.get(stack.service ?? "") ?? "none"));
  const by = (key: (service: ServiceAdoption) => string): AdoptionTotal[] =>
    [...new Set(services.map(key))].map((name) =>
      totalOf(
        name,
        services.filter((each) => key(each) === name),
      ),
    );
  return {
    total: totalOf("all", services),
    teams: by(({ owner }) => owner).toSorted(byName),
    environments: by(({ environment }) => environment),
    goldenPaths: by(({ goldenPath }) => goldenPath).toSorted(byName),
    services,
  };
}

function byName(a: AdoptionTotal, b: AdoptionTotal): number {
  return a.name < b.name ? -1 : 1;
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
  };
}

/** The sum of several services under a name. */
export function totalOf(name: string, services: readonly ServiceAdoption[]): AdoptionTotal {
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

const HELP = {
  paved_resources: "Resources that a service's stack manages.",
  paved_resources_on_golden_path: "Those of them that its golden path made.",
  paved_deviations: "Deviations from the golden path.",
} as const;

/** The counts as OpenMetrics text: one gauge each, by service, owner, environment and golden path. */
export function adoptionMetrics({ services }: Adoption): string {
  const values = (each: ServiceAdoption) => ({
    paved_resources: each.resources,
    paved_resources_on_golden_path: each.onPath,
    paved_deviations: each.deviations,
  });
  const families = (Object.keys(HELP) as (keyof typeof HELP)[]).map((name) => {
    const samples = services.map((each) => `${name}${labels(each)} ${values(each)[name]}`);
    return [`# HELP ${name} ${HELP[name]}`, `# TYPE ${name} gauge`, ...samples].join("\n");
  });
  return `${families.join("\n")}\n# EOF\n`;
}

function labels({ service, owner, environment, goldenPath }: ServiceAdoption): string {
  const pairs = { service, owner, environment, golden_path: goldenPath };
  const texts = Object.entries(pairs).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${texts.join(",")}}`;
}

/** OpenMetrics 1.0, "Escaping". */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
