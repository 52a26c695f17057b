import { parser } from "@prometheus-io/lezer-promql";
import { alertRules } from "../../src/observability/alert-rules";
import { dashboard } from "../../src/observability/dashboard";
import { serviceLevelObjectives } from "../../src/observability/open-slo";
import { ALL, grafana, rules } from "./observed-fixture";

/** What Grafana and Prometheus put in place of their variables before the query is read. */
function filled(query: string): string {
  return query.replaceAll("$__rate_interval", "5m").replaceAll("$__range", "6h");
}

function unreadable(query: string): boolean {
  let wrong = false;
  parser.parse(filled(query)).iterate({ enter: ({ type }) => void (wrong ||= type.isError) });
  return wrong;
}

describe.each(ALL)("%s", (_name, observed) => {
  const { panels, annotations } = grafana(dashboard(observed));

  test("Prometheus can read every rule", () => {
    expect(
      rules(alertRules(observed))
        .map(({ expr }) => expr)
        .filter(unreadable),
    ).toEqual([]);
  });

  test("Prometheus can read every query of the dashboard", () => {
    const queries = [...annotations.list, ...panels.flatMap(({ targets = [] }) => targets)].flatMap(
      ({ expr }) => expr ?? [],
    );
    expect(queries.filter(unreadable)).toEqual([]);
  });

  test("Prometheus can read every query of the objectives", () => {
    const queries = serviceLevelObjectives(observed).flatMap(({ spec }) =>
      Object.values(spec.indicator.spec.ratioMetric).flatMap((part) =>
        typeof part === "object" ? part.metricSource.spec.query : [],
      ),
    );
    expect(queries.filter(unreadable)).toEqual([]);
  });
});

test("the parser tells what Prometheus cannot read", () => {
  expect(unreadable('sum(rate(up{namespace="orders"}[5m])')).toBe(true);
});
