import { type MetricFamily, openMetrics } from "@paved/model";
import { definitionOf, METRICS } from "../definitions";
import type { Report } from "../report";

/** Gauge that says how much each of the others was counted from. */
export const COUNT_GAUGE = "paved_metric_samples";

/** A report as OpenMetrics text: a gauge each metric; one that there is no data for has no sample. */
export function reportMetrics({ figures, place }: Report): string {
  const families = figures.map(({ id, value }): MetricFamily => {
    const { gauge, definition, unit } = definitionOf(id);
    return {
      name: gauge,
      help: definition,
      ...(unit !== "a week" && { unit }),
      samples: value === undefined ? [] : [{ labels: { place }, value }],
    };
  });
  const samples = figures.map(({ id, count }) => ({ labels: { place, metric: METRICS[id].gauge }, value: count }));
  return openMetrics([...families, { name: COUNT_GAUGE, help: "What the other gauges were counted from.", samples }]);
}
