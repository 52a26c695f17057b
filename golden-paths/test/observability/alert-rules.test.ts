import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import { alertRules } from "../../src/observability/alert-rules";
import { ALL, alerts, full, minimal, orders, rules } from "./observed-fixture";

describe.each(ALL)("%s", (_name, observed) => {
  const manifest = alertRules(observed);
  const all = alerts(manifest);

  test("looks as before", () => {
    const recorded = rules(manifest).filter(({ record }) => record?.endsWith("rate5m") === true);
    const lines = [
      ...recorded.map(({ record, labels, expr }) => `${record} ${labels["slo"]}\n    ${expr}`),
      ...all
        .filter(({ labels }) => labels["slo"] === undefined)
        .map(({ alert, labels, expr, for: time }) => `${alert} ${labels["severity"]} for ${time}\n    ${expr}`),
    ];
    expect(lines.join("\n")).toMatchSnapshot();
  });

  test("every alert says whom it concerns", () => {
    const whom = { tier: "1", owner: "commerce", on_call: "commerce-primary", service: "orders" };
    const silent = all.filter(({ labels }) => Object.entries(whom).some(([key, value]) => labels[key] !== value));
    expect(all.length).toBeGreaterThan(0);
    expect(silent).toEqual([]);
    expect(new Set(all.map(({ labels }) => labels["environment"]))).toEqual(new Set([observed.environment.name]));
  });

  test("every alert leads to its heading in the runbook and to the dashboard", () => {
    const addresses = all.map(({ annotations }) => annotations);
    const dashboard = `https://grafana.${observed.environment.domain}/d/orders-${observed.environment.name}`;
    expect(new Set(addresses.map((each) => each?.["dashboard_url"]))).toEqual(new Set([dashboard]));
    expect(addresses.filter((each) => !/\/orders#[a-z-]+$/.test(each?.["runbook_url"] ?? ""))).toEqual([]);
  });

  test("every alert says what is wrong and what it means", () => {
    expect(
      all.filter(
        ({ annotations }) => !annotations?.["summary"]?.startsWith("orders in ") || !annotations["description"],
      ),
    ).toEqual([]);
  });

  test("every rule is about this service", () => {
    expect(rules(manifest).filter(({ expr }) => !/orders("|-dead|-secrets")/.test(expr))).toEqual([]);
  });

  test("no two rules are the same", () => {
    const identities = rules(manifest).map(({ alert, record, labels }) => JSON.stringify([alert ?? record, labels]));
    expect(new Set(identities).size).toBe(identities.length);
  });

  test("is the same each time", () => {
    expect(alertRules(observed)).toEqual(manifest);
  });
});

test("alerts on the budget by the windows of the SRE workbook", () => {
  const burns = alerts(alertRules(full("http"))).filter(({ labels }) => labels["slo"] === "availability");
  expect(burns.map(({ labels, expr }) => [labels["severity"], expr.replaceAll(/\{[^}]*\}/g, "")])).toEqual([
    ["critical", "slo:sli_error:ratio_rate1h > 14.4 * 0.0005 and slo:sli_error:ratio_rate5m > 14.4 * 0.0005"],
    ["critical", "slo:sli_error:ratio_rate6h > 6 * 0.0005 and slo:sli_error:ratio_rate30m > 6 * 0.0005"],
    ["warning", "slo:sli_error:ratio_rate1d > 3 * 0.0005 and slo:sli_error:ratio_rate2h > 3 * 0.0005"],
    ["warning", "slo:sli_error:ratio_rate3d > 1 * 0.0005 and slo:sli_error:ratio_rate6h > 1 * 0.0005"],
  ]);
});

test("every window that an alert looks at is recorded", () => {
  const all = rules(alertRules(full("http")));
  const recorded = new Set(all.flatMap(({ record }) => record ?? []));
  const looked = all.flatMap(({ alert, expr }) =>
    alert === undefined ? [] : (expr.match(/slo:[a-z_:]+\d+[a-z]/g) ?? []),
  );
  expect(new Set(looked)).toEqual(recorded);
});

const TIERS = [1, 2, 3] as const;

test.each([
  [1, "critical", "warning"],
  [2, "warning", "info"],
  [3, "info", "info"],
] as const)("tier %d in production: what is urgent is %s, what is not is %s", (tier, page, ticket) => {
  const all = alerts(alertRules({ ...full("http"), service: { ...orders, tier } }));
  expect(all.find(({ alert }) => alert === "NoPodsReady")?.labels["severity"]).toBe(page);
  expect(all.find(({ alert }) => alert === "PodsNotReady")?.labels["severity"]).toBe(ticket);
});

test.each(ALL)("wakes nobody for an environment that is not protected: %s", (_name, observed) => {
  const severities = TIERS.flatMap((tier) =>
    alerts(alertRules({ ...observed, environment: dev, service: { ...orders, tier } })).map(
      ({ labels }) => labels["severity"],
    ),
  );
  expect(severities).not.toContain("critical");
});

test("an alert's heading is its name in words", () => {
  const [alert] = alerts(alertRules(full("job"))).filter((each) => each.alert === "JobNotSucceeded");
  expect(alert?.annotations?.["runbook_url"]).toBe("https://runbooks.example.com/orders#job-not-succeeded");
});

test("a runbook that is a heading already is left as it is", () => {
  const runbook = "https://runbooks.example.com/commerce#orders";
  const all = alerts(alertRules({ ...minimal("http"), service: { ...orders, runbook } }));
  expect(new Set(all.map(({ annotations }) => annotations?.["runbook_url"]))).toEqual(new Set([runbook]));
});

test("a job is late when its longest run cannot be the reason", () => {
  const late = alerts(alertRules(full("job"))).find(({ alert }) => alert === "JobNotSucceeded");
  expect(late?.for).toBe("45m");
});

test("a message may wait for ten attempts, and at least a quarter of an hour", () => {
  const age = (visibilitySeconds: number) =>
    alerts(
      alertRules({ ...minimal("worker"), queue: { name: "orders", deadLetterName: "orders-dead", visibilitySeconds } }),
    ).find(({ alert }) => alert === "OldestMessageTooOld")?.expr;
  expect(age(30)).toMatch(/> 900$/);
  expect(age(120)).toMatch(/> 1200$/);
});

test("says so when figures that alerts need from CloudWatch do not come", () => {
  const names = (observed: Parameters<typeof alertRules>[0]) => alerts(alertRules(observed)).map(({ alert }) => alert);
  expect(names(full("worker"))).toContain("CloudMetricsMissing");
  expect(names(full("site"))).toContain("CloudMetricsMissing");
  expect(names(minimal("http"))).not.toContain("CloudMetricsMissing");
});

test("looks at the scaler that KEDA makes for a worker, and at the service's own otherwise", () => {
  const scaled = (kind: "http" | "worker") =>
    alerts(alertRules(full(kind))).find(({ alert }) => alert === "ScaledToMaximum")?.expr;
  expect(scaled("worker")).toContain('horizontalpodautoscaler="keda-hpa-orders"');
  expect(scaled("http")).toContain('horizontalpodautoscaler="orders"');
});

test("of a site stand beside Prometheus, since a site has no namespace", () => {
  expect(alertRules({ ...minimal("site"), environment: production }).metadata.namespace).toBe("monitoring");
});
