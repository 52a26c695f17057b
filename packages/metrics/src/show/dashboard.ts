import { type Definition, definitionOf, METRIC_IDS, type Unit } from "../definitions";
import { COUNT_GAUGE } from "./open-metrics";

/** Version of Grafana's dashboard JSON that is written; newer Grafanas read it and bring it up to date themselves. */
const SCHEMA_VERSION = 39;
/** The uid is the one that kube-prometheus-stack gives its own Prometheus. */
const PROMETHEUS = { type: "prometheus", uid: "prometheus" } as const;
const PAGE_WIDTH = 24;
const STAT_HEIGHT = 4;
const LINE_HEIGHT = 8;
const LINES_IN_A_ROW = 3;

/** How Grafana shows a figure (its own ids, `packages/grafana-data/src/valueFormats/categories.ts`). */
const UNITS: Readonly<Record<Unit, string>> = { seconds: "s", ratio: "percentunit", "a week": "short" };

/** Where a panel is: columns are 24ths of the page, a line is 30 pixels. */
interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The dashboard of the metrics: what each is now, and below how it went. It asks for the gauges of {@link reportMetrics}. */
export function metricsDashboard() {
  const definitions = METRIC_IDS.map(definitionOf);
  const width = PAGE_WIDTH / definitions.length;
  const lineWidth = PAGE_WIDTH / LINES_IN_A_ROW;
  return {
    uid: "paved-metrics",
    title: "Paved: what the platform does for its users",
    description: "Written by paved metrics --format grafana; docs/metrics.md says what each figure is and cannot see.",
    tags: ["paved", "metrics"],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    timezone: "utc",
    refresh: "1h",
    time: { from: "now-90d", to: "now" },
    graphTooltip: 1,
    templating: { list: [placeVariable()] },
    annotations: { list: [] },
    panels: [
      ...definitions.map((definition, index) =>
        stat(definition, index + 1, { x: index * width, y: 0, w: width, h: STAT_HEIGHT }),
      ),
      ...definitions.map((definition, index) => {
        const row = Math.floor(index / LINES_IN_A_ROW);
        const x = (index % LINES_IN_A_ROW) * lineWidth;
        const y = STAT_HEIGHT + row * LINE_HEIGHT;
        return line(definition, definitions.length + index + 1, { x, y, w: lineWidth, h: LINE_HEIGHT });
      }),
    ],
  };
}

function placeVariable() {
  const options = ["live", "sandbox"].map((value) => ({ text: value, value, selected: value === "live" }));
  return {
    name: "place",
    label: "Where",
    type: "custom",
    query: "live,sandbox",
    options,
    current: { text: "live", value: "live", selected: true },
    multi: false,
    includeAll: false,
  };
}

function stat(definition: Definition, id: number, gridPos: GridPosition) {
  return {
    ...panel(definition, id, gridPos),
    type: "stat",
    targets: [query("A", selected(definition.gauge), definition.title)],
    options: {
      reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
      colorMode: "value",
      graphMode: "none",
    },
  };
}

function line(definition: Definition, id: number, gridPos: GridPosition) {
  const counted = `${COUNT_GAUGE}{place="$place",metric="${definition.gauge}"}`;
  return {
    ...panel(definition, id, gridPos),
    type: "timeseries",
    targets: [query("A", selected(definition.gauge), definition.title), query("B", counted, definition.of[1])],
    fieldConfig: {
      defaults: {
        unit: UNITS[definition.unit],
        min: 0,
        custom: { lineWidth: 2, fillOpacity: 10, showPoints: "never" },
      },
      overrides: [onTheRight(definition.of[1])],
    },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "none" } },
  };
}

function panel({ title, definition, blind, better, unit }: Definition, id: number, gridPos: GridPosition) {
  return {
    id,
    title: `${title[0]!.toUpperCase()}${title.slice(1)}`,
    description: `${definition} Better when ${better}. Cannot see: ${blind}`,
    gridPos,
    datasource: PROMETHEUS,
    fieldConfig: { defaults: { unit: UNITS[unit] }, overrides: [] },
  };
}

/** What a figure was counted from is another kind of number, with an axis of its own. */
function onTheRight(name: string) {
  const properties = [
    { id: "unit", value: "short" },
    { id: "custom.axisPlacement", value: "right" },
    { id: "custom.fillOpacity", value: 0 },
  ];
  return { matcher: { id: "byName", options: name }, properties };
}

function selected(gauge: string): string {
  return `${gauge}{place="$place"}`;
}

function query(refId: string, expr: string, legendFormat: string) {
  return { refId, datasource: PROMETHEUS, expr, legendFormat, range: true };
}
