import { dashboard } from "../../src/observability/dashboard";
import { ALL, full, type GrafanaPanel, grafana, KINDS, minimal, orders, type Target } from "./observed-fixture";

function asked({ expr, metricName, dimensions }: Target): string {
  return expr ?? `CloudWatch ${metricName} ${JSON.stringify(dimensions)}`;
}

function summary(panels: readonly GrafanaPanel[]): readonly string[] {
  return panels.flatMap(({ type, title, fieldConfig, targets }) =>
    type === "row"
      ? [`# ${title}`]
      : [`${title} (${fieldConfig?.defaults.unit})`, ...(targets ?? []).map((target) => `    ${asked(target)}`)],
  );
}

function overlaps({ gridPos: a }: GrafanaPanel, { gridPos: b }: GrafanaPanel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe.each(ALL)("%s", (_name, observed) => {
  const manifest = dashboard(observed);
  const { panels } = grafana(manifest);
  const pictures = panels.filter(({ type }) => type !== "row");

  test("looks as before", () => {
    expect(summary(panels).join("\n")).toMatchSnapshot();
  });

  test("is found by Grafana's sidecar", () => {
    expect(manifest).toMatchObject({ kind: "ConfigMap", metadata: { labels: { grafana_dashboard: "1" } } });
  });

  test("no panel covers another, and none leaves the page", () => {
    const covered = panels.flatMap((a, index) => panels.slice(index + 1).filter((b) => overlaps(a, b)));
    expect(covered).toEqual([]);
    expect(panels.filter(({ gridPos }) => gridPos.x + gridPos.w > 24)).toEqual([]);
  });

  test("numbers each panel differently", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test("no line of a row has a gap", () => {
    const widths = new Map<number, number>();
    for (const { gridPos } of panels) widths.set(gridPos.y, (widths.get(gridPos.y) ?? 0) + gridPos.w);
    expect([...widths.values()].filter((width) => width !== 24)).toEqual([]);
  });

  test("every panel has a unit and a title of its own", () => {
    expect(pictures.filter(({ fieldConfig }) => fieldConfig?.defaults.unit === undefined)).toEqual([]);
    expect(new Set(pictures.map(({ title }) => title)).size).toBe(pictures.length);
  });

  test("every query is about this service", () => {
    const queries = pictures.flatMap(({ targets }) => (targets ?? []).map(asked));
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter((query) => !/orders|\$distribution/.test(query))).toEqual([]);
  });

  test("every query of a panel has a letter of its own", () => {
    const twice = pictures.filter(
      ({ targets = [] }) => new Set(targets.map(({ refId }) => refId)).size < targets.length,
    );
    expect(twice).toEqual([]);
  });

  test("fits a ConfigMap", () => {
    expect(JSON.stringify(manifest).length).toBeLessThan(1024 * 1024);
  });

  test("is the same each time", () => {
    expect(dashboard(observed)).toEqual(manifest);
  });
});

test("keeps its uid for a service and an environment", () => {
  expect(grafana(dashboard(full("http"))).uid).toBe("orders-production");
});

test("stands in the service's namespace", () => {
  expect(dashboard(minimal("http")).metadata).toMatchObject({ name: "orders-dashboard", namespace: "orders" });
});

test("of a site stands beside Prometheus, since a site has no namespace", () => {
  expect(dashboard(minimal("site")).metadata).toMatchObject({ name: "orders-dashboard", namespace: "monitoring" });
});

test("leads to the runbook, to logs and pods of the environment, and to alerts", () => {
  const { links } = grafana(dashboard(full("http")));
  expect(links.map(({ title }) => title)).toEqual(["Runbook", "Logs", "Pods", "Alerts"]);
  expect(links[0]?.url).toBe(orders.runbook);
  expect(links[1]?.url).toMatch(/^https:\/\/grafana\.paved\.example\.com\/explore\?/);
});

test("of a site leads to no pods, since there are none", () => {
  expect(grafana(dashboard(full("site"))).links.map(({ title }) => title)).toEqual(["Runbook", "Logs", "Alerts"]);
});

test("finds a site's distribution by its tag", () => {
  expect(grafana(dashboard(full("site"))).templating.list).toMatchObject([
    {
      name: "distribution",
      query: { queryType: "resourceARNs", resourceType: "cloudfront:distribution", tags: { service: ["orders"] } },
    },
  ]);
});

test("asks CloudFront's metrics where CloudFront keeps them", () => {
  const targets = grafana(dashboard(full("site"))).panels.flatMap(({ targets: all = [] }) => all);
  const regions = targets.flatMap(({ region }) => region ?? []);
  expect(new Set(regions)).toEqual(new Set(["us-east-1"]));
});

test.each(KINDS.filter((kind) => kind !== "site" && kind !== "job"))("marks releases of a %s", (kind) => {
  expect(grafana(dashboard(minimal(kind))).annotations.list.map(({ expr }) => expr)).toEqual([
    'kube_replicaset_created{namespace="orders"} * 1000',
  ]);
});

test("looks at every node of a cache that has a standby", () => {
  const { panels } = grafana(dashboard(full("http")));
  const cpu = panels.find(({ title }) => title === "Cache CPU");
  expect(cpu?.targets?.[0]?.dimensions).toEqual({
    CacheClusterId: ["orders-production-001", "orders-production-002"],
  });
});

test("does not count what is asked for health", () => {
  const { panels } = grafana(dashboard(full("http")));
  const rate = panels.find(({ title }) => title === "Requests a second");
  expect(rate?.targets?.[0]?.expr).toContain(String.raw`http_route!~"/live\\.txt"`);
});
