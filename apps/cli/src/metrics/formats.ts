import { dayOf, definitionOf, metricsDashboard, type Report, reportMetrics, reportSvg } from "@paved/metrics";
import type { AskedMetrics } from "./asked";

/** A report for other programs, and as a picture. */
export const FORMATS: Readonly<Record<Exclude<AskedMetrics["format"], "table">, (report: Report) => string>> = {
  json: (report) => `${JSON.stringify(reportJson(report), null, 2)}\n`,
  openmetrics: reportMetrics,
  svg: reportSvg,
  grafana: () => `${JSON.stringify(metricsDashboard(), null, 2)}\n`,
};

function reportJson({ place, target, window, events, figures, notes }: Report): object {
  return {
    place,
    target,
    from: dayOf(window.from),
    to: new Date(window.to).toISOString(),
    weeks: window.weeks.map(({ day }) => day),
    events,
    metrics: figures.map((figure) => ({ ...figure, value: figure.value ?? null, ...definitionOf(figure.id) })),
    notes,
  };
}
