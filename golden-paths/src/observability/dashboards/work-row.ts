import type { ObservedService } from "../observed";
import { sumRate } from "../promql";
import { done, failed, failureRatio, quantile, slowRatio, work, type Work } from "../work";
import type { Row } from "./panel";

/** Follows the time on the page, and is never shorter than four scrapes. */
const WINDOW = "$__rate_interval";
/** Quantiles that are drawn, 0 to 1. */
const QUANTILES = [0.5, 0.9, 0.99];

/** Rate, errors and duration of what the service does for others. A job and a site have no such row. */
export function workRow(observed: ObservedService): readonly Row[] {
  const measured = work(observed);
  if (measured === undefined) return [];
  const latencyMs = observed.objectives?.latencyMs;
  const capital = measured.pieces.charAt(0).toUpperCase() + measured.pieces.slice(1);
  return [
    {
      title: capital,
      panels: [
        {
          title: `${capital} a second`,
          description: about(measured),
          unit: "reqps",
          queries: [{ expr: sumRate(done(measured), WINDOW, [measured.sort]), legend: `{{${measured.sort}}}` }],
        },
        {
          title: "Failures",
          description: "Share that failed through the service's own fault.",
          unit: "percentunit",
          queries: [{ expr: failureRatio(measured, WINDOW), legend: "failed" }],
        },
        {
          title: "Duration",
          unit: "s",
          ...(latencyMs === undefined ? {} : { redAbove: latencyMs / 1000 }),
          queries: [
            { expr: quantile(measured, 0.5, WINDOW), legend: "50 %" },
            ...QUANTILES.slice(1).map((share) => ({
              expr: quantile(measured, share, WINDOW),
              legend: `${share * 100} %`,
            })),
          ],
        },
        {
          title: `Failed ${measured.pieces} a second`,
          unit: "reqps",
          width: latencyMs === undefined ? 12 : 8,
          queries: [
            {
              expr: sumRate(failed(measured), WINDOW, [measured.sort, measured.outcome]),
              legend: `{{${measured.outcome}}} {{${measured.sort}}}`,
            },
          ],
        },
        {
          title: `${capital} by how they ended`,
          description: measured.outcome === "error_type" ? "Those without a word ended well." : undefined,
          unit: "reqps",
          width: latencyMs === undefined ? 12 : 8,
          queries: [{ expr: sumRate(done(measured), WINDOW, [measured.outcome]), legend: `{{${measured.outcome}}}` }],
        },
        ...(latencyMs === undefined
          ? []
          : [
              {
                title: `Longer than ${latencyMs} ms`,
                unit: "percentunit" as const,
                queries: [{ expr: slowRatio(measured, latencyMs / 1000, WINDOW), legend: "too late" }] as const,
              },
            ]),
      ],
    },
  ];
}

function about({ metric }: Work): string {
  return `By OpenTelemetry's ${metric}, which the service measures itself. Health checks are not counted.`;
}
