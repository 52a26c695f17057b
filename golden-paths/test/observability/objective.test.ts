import { PavedError } from "@paved/model";
import { METRICS_DAYS } from "@paved/modules";
import { OBJECTIVE_DAYS, objectives } from "../../src/observability/objective";
import type { ObservedService } from "../../src/observability/observed";
import { serviceLevelObjectives } from "../../src/observability/open-slo";
import { ALL, full, minimal, orders } from "./observed-fixture";

function refusals(observed: ObservedService): readonly string[] {
  try {
    objectives(observed);
    return [];
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return error.findings.map(({ code, where, fix }) => `${code} ${where}: ${fix}`);
  }
}

test.each(ALL)("OpenSLO documents look as before: %s", (_name, observed) => {
  const lines = serviceLevelObjectives(observed).map(({ metadata, spec }) => {
    const { indicator, objectives: targets, description } = spec;
    return `${metadata.name} ${targets[0].target}\n  ${description}\n  ${JSON.stringify(indicator.spec.ratioMetric)}`;
  });
  expect(lines.join("\n")).toMatchSnapshot();
});

test("an OpenSLO document has what the specification asks of one", () => {
  const [availability] = serviceLevelObjectives(full("http"));
  expect(availability).toMatchObject({
    apiVersion: "openslo/v1",
    kind: "SLO",
    metadata: { name: "orders-production-availability", labels: { owner: "commerce", tier: "1" } },
    spec: {
      service: "orders",
      timeWindow: [{ duration: "30d", isRolling: true }],
      budgetingMethod: "Occurrences",
      objectives: [{ target: 0.9995 }],
      indicator: { spec: { ratioMetric: { counter: true } } },
    },
  });
});

test.each([
  [1, 99.9, 0.001],
  [2, 99.5, 0.005],
  [3, 99, 0.01],
] as const)("tier %d promises %d %% when it does not say", (tier, percent, budget) => {
  const [availability] = objectives({ ...minimal("http"), service: { ...orders, tier } });
  expect(availability).toMatchObject({ name: "availability", percent, budget });
});

test("what was measured is kept for longer than anything is promised over", () => {
  expect(METRICS_DAYS).toBeGreaterThan(OBJECTIVE_DAYS);
});

test("a job promises nothing as a share", () => {
  expect(objectives(full("job"))).toEqual([]);
});

test("where nothing failed the share is 0, where nothing was done there is none", () => {
  const [availability] = objectives(minimal("worker"));
  const all = 'sum(rate(messaging_process_duration_seconds_count{namespace="orders"}[5m]))';
  expect(availability?.badRatio("5m")).toContain(` or 0 * ${all}) / (${all} > 0)`);
});

test("matches a whole second as Prometheus 2 and 3 write it", () => {
  const [, latency] = objectives({ ...minimal("grpc"), objectives: { latencyMs: 1000 } });
  expect(latency?.badRatio("5m")).toContain(String.raw`le=~"1(\\.0)?"`);
});

test("refuses a latency that the histograms have no bound for, naming the nearest", () => {
  expect(refusals({ ...minimal("http"), objectives: { latencyMs: 300 } })).toEqual([
    "PVD1025 dev-orders/api objectives.latencyMs: write 250",
  ]);
});

test.each([94.9, 100, Number.NaN])("refuses to promise %d %%", (availability) => {
  expect(refusals({ ...minimal("http"), objectives: { availability } })).toEqual([
    "PVD1025 dev-orders/api objectives.availability: write for example 99.9",
  ]);
});

test("refuses what cannot be measured of a job, all at once", () => {
  expect(refusals({ ...minimal("job"), objectives: { availability: 99.9, latencyMs: 250 } })).toEqual([
    "PVD1025 dev-orders/api objectives.availability: remove it",
    "PVD1025 dev-orders/api objectives.latencyMs: remove it",
  ]);
});

test("refuses a latency of a site, of which no durations are measured", () => {
  expect(refusals({ ...minimal("site"), objectives: { latencyMs: 250 } })).toEqual([
    "PVD1025 dev-orders/api objectives.latencyMs: remove it",
  ]);
});
