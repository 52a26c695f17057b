import type { PlacedDeviation } from "../deviations/expiry";
import type { Adoption, ServiceAdoption } from "./adoption";

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const DEVIATIONS = "Deviations from the golden path.";
const EXPIRES =
  "Start of the day, in UTC, on which the first deviation of the service from the rule expires, in seconds since 1970.";

/** The counts as OpenMetrics text: one gauge each, by service, owner, environment and golden path. */
export function adoptionMetrics({ services }: Adoption): string {
  const gauge = (value: (each: ServiceAdoption) => number) =>
    services.map((each) => ({ labels: labelsOf(each), value: value(each) }));
  return openMetrics([
    family(
      "paved_resources",
      "Resources that a service's stack manages.",
      gauge(({ resources }) => resources),
    ),
    family(
      "paved_resources_on_golden_path",
      "Those of them that its golden path made.",
      gauge(({ onPath }) => onPath),
    ),
    family(
      "paved_deviations",
      DEVIATIONS,
      gauge(({ deviations }) => deviations),
    ),
  ]);
}

/** Deviations as OpenMetrics text: when each ends, and how many every service has. */
export function deviationMetrics(deviations: readonly PlacedDeviation[], { services }: Adoption): string {
  const first = new Map<string, Sample>();
  for (const { service, environment, rule, owner, team, expires } of deviations) {
    const labels = { service, environment, rule, owner, team };
    const value = Date.parse(`${expires}T00:00:00Z`) / 1000;
    const key = JSON.stringify(labels);
    if (value < (first.get(key)?.value ?? Number.POSITIVE_INFINITY)) first.set(key, { labels, value });
  }
  const counts = services.map((each) => ({ labels: labelsOf(each), value: each.deviations }));
  return openMetrics([
    family("paved_deviation_expires_timestamp_seconds", EXPIRES, [...first.values()]),
    family("paved_deviations", DEVIATIONS, counts),
  ]);
}

function labelsOf({ service, owner, environment, goldenPath }: ServiceAdoption): Sample["labels"] {
  return { service, owner, environment, golden_path: goldenPath };
}

function family(name: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels, value }) => `${name}${labelled(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join("\n");
}

function openMetrics(families: readonly string[]): string {
  return `${families.join("\n")}\n# EOF\n`;
}

function labelled(labels: Sample["labels"]): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",")}}`;
}

/** OpenMetrics 1.0, "Escaping". */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
