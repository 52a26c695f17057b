import { parser } from "@prometheus-io/lezer-promql";
import {
  countInWords,
  definitionOf,
  METRIC_IDS,
  METRICS,
  metricsDashboard,
  metricsReport,
  reportMetrics,
  reportSvg,
  sparkline,
  valueInWords,
} from "../src";
import { inWords } from "../src/show/in-words";
import { COUNT_GAUGE } from "../src/show/open-metrics";
import { command, instant, request } from "./events";
import { figure, input, logOf } from "./report-input";

const report = metricsReport(
  input({
    log: logOf(
      request("2027-03-08T08:00:00Z", "service orders"),
      command("2027-03-08T09:30:00Z", ["staging-orders applied"]),
    ),
    tickets: [],
  }),
);

test.each([
  [0, "seconds", "0 s"],
  [59, "seconds", "59 s"],
  [90, "seconds", "1.5 min"],
  [5400, "seconds", "1.5 h"],
  [200_000, "seconds", "2.3 d"],
  [8_640_000, "seconds", "100 d"],
  [0.0714, "ratio", "7.1 %"],
  [1, "ratio", "100.0 %"],
  [2.345, "a week", "2.3 a week"],
] as const)("%d %s is %s", (value, unit, words) => expect(inWords(value, unit)).toBe(words));

test("a figure says what it was counted from; without data it is not nought", () => {
  const said = (id: (typeof METRIC_IDS)[number]) => {
    const [one, definition] = [figure(report, id), definitionOf(id)];
    return `${valueInWords(one, definition)} ${countInWords(one, definition)}`.trim();
  };
  expect(METRIC_IDS.map(said)).toEqual([
    "1.5 h of 1 service",
    "90.0 % of 10 resources",
    "no data",
    "0.0 a week of 0 tickets",
    "0.0 % of 1 deployment",
    "25.0 % of 4 stacks of services",
  ]);
});

test("a sparkline goes from nothing to the highest, and is blank where there is nothing to show", () => {
  expect(sparkline([0, null, 1, 2, 4], true)).toBe("▁ ▃▅█");
  expect(sparkline([0, null, 1, 2, 4], false)).toBe("_ ,=#");
  expect(sparkline([0, 0], false)).toBe("__");
  expect(sparkline([null, null], true)).toBe("  ");
  expect(sparkline([], true)).toBe("");
});

test("OpenMetrics has a gauge a metric, with its unit, and no sample of one without data", () => {
  const text = reportMetrics(report);
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(samples).toEqual([
    'paved_first_deployment_seconds{place="sandbox"} 5400',
    'paved_golden_path_adoption_ratio{place="sandbox"} 0.9',
    'paved_platform_tickets_per_week{place="sandbox"} 0',
    'paved_change_failure_ratio{place="sandbox"} 0',
    'paved_deviation_ratio{place="sandbox"} 0.25',
    ...["1", "10", "0", "0", "1", "4"].map(
      (count, index) => `${COUNT_GAUGE}{place="sandbox",metric="${METRICS[METRIC_IDS[index]!].gauge}"} ${count}`,
    ),
  ]);
  const about = text.split("\n").filter((line) => line.includes(" paved_environment_seconds "));
  expect(about.map((line) => line.split(" ")[1])).toEqual(["HELP", "TYPE", "UNIT"]);
  expect(text.endsWith("\n# EOF\n")).toBe(true);
});

test("a gauge has its unit at the end of its name, as OpenMetrics wants", () => {
  for (const { gauge, unit } of METRIC_IDS.map(definitionOf)) {
    expect(gauge).toMatch(/^paved_[a-z_]+$/);
    if (unit !== "a week") expect(gauge.endsWith(`_${unit}`)).toBe(true);
  }
});

test("in the picture the way to a week that is going on is dashed, and no other", () => {
  const drawn = (until: string) => {
    const past = ["2027-03-01", "2027-03-08"].map((day) => ({ at: instant(`${day}T00:00:00Z`), ...input().standing }));
    const picture = reportSvg(metricsReport(input({ until: instant(until), past, weeks: 3 })));
    return [...picture.matchAll(/<path d="M[\d. ]+L[^>]*>/g)].map(([line]) => line.includes("dasharray"));
  };
  expect(drawn("2027-03-20T00:00:00Z")).toEqual([false, true, false, true]);
  expect(drawn("2027-03-22T00:00:00Z")).toEqual([false, false, false, false]);
});

describe("the Grafana dashboard", () => {
  const { panels, ...dashboard } = metricsDashboard();
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

  test("has its settings, and a place to choose", () => expect(dashboard).toMatchSnapshot());

  test("shows every metric twice: what it is, and how it went, with its definition and what it cannot see", () => {
    for (const { title, definition, blind } of METRIC_IDS.map(definitionOf)) {
      const own = panels.filter((panel) => panel.title.toLowerCase() === title.toLowerCase());
      expect(own.map(({ type }) => type)).toEqual(["stat", "timeseries"]);
      for (const { description } of own) expect(description).toMatch(`${definition} Better when`);
      for (const { description } of own) expect(description.endsWith(blind)).toBe(true);
    }
  });

  test("asks for gauges that OpenMetrics has, in words that Prometheus can read", () => {
    const gauges = new Set([...reportMetrics(report).matchAll(/^# TYPE (\S+)/gm)].map(([, gauge]) => gauge));
    for (const query of queries) {
      expect(gauges).toContain(/^\w+/.exec(query)?.[0]);
      let wrong = false;
      parser.parse(query.replace("$place", "live")).iterate({ enter: ({ type }) => void (wrong ||= type.isError) });
      expect({ query, wrong }).toEqual({ query, wrong: false });
    }
    expect(new Set(queries.map((query) => /^\w+/.exec(query)?.[0]))).toEqual(gauges);
  });

  test("has every panel in a place of its own, within the width of the page", () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
    expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
  });
});
