import { type MetricFamily, type MetricSample, openMetrics } from "@paved/model";
import type { PlacedDeviation } from "../deviations/expiry";
import type { Adoption, ServiceAdoption } from "./adoption";

const DEVIATIONS = "Deviations from the golden path.";
const EXPIRES =
  "Start of the day, in UTC, on which the first deviation of the service from the rule expires, in seconds since 1970.";

/** The counts as OpenMetrics text: one gauge each, by service, owner, environment and golden path. */
export function adoptionMetrics({ services }: Adoption): string {
  const gauge = (name: string, help: string, value: (each: ServiceAdoption) => number): MetricFamily => ({
    name,
    help,
    samples: services.map((each) => ({ labels: labelsOf(each), value: value(each) })),
  });
  return openMetrics([
    gauge("paved_resources", "Resources that a service's stack manages.", ({ resources }) => resources),
    gauge("paved_resources_on_golden_path", "Those of them that its golden path made.", ({ onPath }) => onPath),
    gauge("paved_deviations", DEVIATIONS, ({ deviations }) => deviations),
  ]);
}

/** Deviations as OpenMetrics text: when each ends, and how many every service has. */
export function deviationMetrics(deviations: readonly PlacedDeviation[], { services }: Adoption): string {
  const first = new Map<string, MetricSample>();
  for (const { service, environment, rule, owner, team, expires } of deviations) {
    const labels = { service, environment, rule, owner, team };
    const value = Date.parse(`${expires}T00:00:00Z`) / 1000;
    const key = JSON.stringify(labels);
    if (value < (first.get(key)?.value ?? Number.POSITIVE_INFINITY)) first.set(key, { labels, value });
  }
  const counts = services.map((each) => ({ labels: labelsOf(each), value: each.deviations }));
  return openMetrics([
    { name: "paved_deviation_expires_timestamp_seconds", help: EXPIRES, samples: [...first.values()] },
    { name: "paved_deviations", help: DEVIATIONS, samples: counts },
  ]);
}

function labelsOf({ service, owner, environment, goldenPath }: ServiceAdoption): MetricSample["labels"] {
  return { service, owner, environment, golden_path: goldenPath };
}
