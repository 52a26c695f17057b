import { CLOUDWATCH, type Datasource, PROMETHEUS } from "../datasources";

/** Units that Grafana shows a figure in (its own ids, `packages/grafana-data/src/valueFormats/categories.ts`). */
export type Unit =
  | "bytes"
  | "Bps"
  | "decbytes"
  | "dateTimeFromNow"
  | "iops"
  | "none"
  | "percent"
  | "percentunit"
  | "reqps"
  | "s"
  | "short";

/** One question to Prometheus, and what its answers are called. */
export interface PrometheusQuery {
  readonly expr: string;
  /** Text with labels in it: `{{pod}}`. */
  readonly legend: string;
}

/** One question to CloudWatch, and what its answers are called. */
export interface CloudWatchQuery {
  /** For example `AWS/SQS`. */
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly dimensions: Readonly<Record<string, string | readonly string[]>>;
  readonly region: string;
  readonly legend: string;
}

/** What Grafana is to ask. */
export type Query = PrometheusQuery | CloudWatchQuery;

/** One picture. */
export interface Panel {
  readonly title: string;
  /** What it means, where the title does not say. @default - the title says all */
  readonly description?: string;
  /** A line over time, or one figure. @default "timeseries" */
  readonly type?: "timeseries" | "stat";
  readonly unit: Unit;
  /** Width in 24ths of the page. @default 8 */
  readonly width?: 4 | 6 | 8 | 12 | 24;
  /** Figure from which on it is red. @default - it is never red */
  readonly redAbove?: number;
  /** Figure below which it is red. @default - it is never red */
  readonly redBelow?: number;
  /** All of one source. */
  readonly queries: readonly [Query, ...Query[]];
}

/** Pictures that belong together, below a title. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Where a panel is: columns are 24ths of the page, a line is 30 pixels. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The panel's own part of a dashboard's JSON. */
export function panelJson(panel: Panel, id: number, gridPos: GridPosition) {
  const { type = "timeseries", title, description } = panel;
  const datasource = "expr" in panel.queries[0] ? PROMETHEUS : CLOUDWATCH;
  return {
    id,
    type,
    title,
    ...(description === undefined ? {} : { description }),
    gridPos,
    datasource,
    targets: panel.queries.map((query, index) => target(query, datasource, String.fromCodePoint(65 + index))),
    fieldConfig: {
      defaults: { unit: panel.unit, ...bounds(panel), ...colours(panel), custom: drawing(panel) },
      overrides: [],
    },
    options:
      type === "stat"
        ? {
            reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
            colorMode: "value",
            graphMode: "none",
          }
        : { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "desc" } },
  };
}

function bounds({ unit, type }: Panel) {
  return type === "stat" || unit === "dateTimeFromNow" ? {} : { min: 0 };
}

function colours({ redAbove, redBelow, type }: Panel) {
  const steps =
    redAbove !== undefined
      ? [
          { color: "green", value: null },
          { color: "red", value: redAbove },
        ]
      : redBelow !== undefined
        ? [
            { color: "red", value: null },
            { color: "green", value: redBelow },
          ]
        : [{ color: type === "stat" ? "text" : "green", value: null }];
  return { thresholds: { mode: "absolute", steps } };
}

function drawing({ redAbove, redBelow, type }: Panel) {
  if (type === "stat") return {};
  const limited = redAbove !== undefined || redBelow !== undefined;
  return { lineWidth: 1, fillOpacity: 10, showPoints: "never", thresholdsStyle: { mode: limited ? "line" : "off" } };
}

function target(query: Query, datasource: Datasource, refId: string) {
  if ("expr" in query) return { refId, datasource, expr: query.expr, legendFormat: query.legend, range: true };
  return {
    refId,
    datasource,
    queryMode: "Metrics",
    // A metric by its dimensions, put together by the form: not a search, not an expression.
    metricQueryType: 0,
    metricEditorMode: 0,
    region: query.region,
    namespace: query.namespace,
    metricName: query.metric,
    dimensions: query.dimensions,
    matchExact: true,
    statistic: query.statistic,
    period: "",
    id: "",
    expression: "",
    label: query.legend,
  };
}
