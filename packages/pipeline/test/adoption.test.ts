import type { FleetIndex, StackEntry } from "@paved/model";
import fc from "fast-check";
import { adoptionOf } from "../src/adoption/adoption";
import { adoptionMetrics, deviationMetrics } from "../src/adoption/open-metrics";
import { placedDeviations } from "../src/deviations/expiry";

const stack = (environment: string, service: string, owner: string, made: readonly (string | undefined)[]) =>
  ({
    name: `${environment}-${service}`,
    environment,
    kind: "service",
    service,
    owner,
    deviations: made.includes(undefined) ? [{}] : [],
    elements: Object.fromEntries([
      ...made.map((goldenPath, each) => [`aws_vpc.a${each}`, { path: "a", goldenPath }]),
      ["data.aws_region.b", { path: "b" }],
    ]),
  }) as unknown as StackEntry;

const index = (...stacks: readonly StackEntry[]) =>
  ({
    stacks: [{ ...stack("dev", "", "platform", [undefined]), kind: "network" }, ...stacks],
    services: [{ name: "orders", goldenPath: "node-api@1" }],
  }) as unknown as FleetIndex;

const fleet = index(
  stack("dev", "orders", "commerce", ["node-api@1", "node-api@1", undefined]),
  stack("production", "orders", "commerce", ["node-api@1"]),
  stack("dev", "legacy", "growth", [undefined]),
);

test("is the share of the services' resources that a golden path made; data sources and the platform do not count", () => {
  expect(adoptionOf(fleet).total).toEqual({
    name: "all",
    services: 2,
    resources: 5,
    onPath: 3,
    deviations: 2,
    share: 0.6,
  });
});

test("is counted by team, service, environment and golden path", () => {
  const { by } = adoptionOf(fleet);
  const shares = (totals: readonly { name: string; share: number }[]) => totals.map(({ name, share }) => [name, share]);
  expect(shares(by.team)).toEqual([
    ["commerce", 0.75],
    ["growth", 0],
  ]);
  expect(shares(by.service)).toEqual([
    ["legacy", 0],
    ["orders", 0.75],
  ]);
  expect(shares(by.environment)).toEqual([
    ["dev", 0.5],
    ["production", 1],
  ]);
  expect(shares(by["golden-path"])).toEqual([
    ["node-api@1", 0.75],
    ["none", 0],
  ]);
});

test("of nothing it is whole", () => {
  expect(adoptionOf(index()).total).toMatchObject({ services: 0, share: 1 });
});

test("the parts add up to the whole, however they are cut", () => {
  const made = fc.array(fc.constantFrom("node-api@1", undefined));
  const some = fc.array(
    fc.tuple(fc.constantFrom("dev", "staging"), fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y"), made),
  );
  fc.assert(
    fc.property(some, (stacks) => {
      const { total, by } = adoptionOf(index(...stacks.map((each) => stack(...each))));
      for (const cut of Object.values(by)) {
        expect(cut.reduce((sum, { resources }) => sum + resources, 0)).toBe(total.resources);
        expect(cut.reduce((sum, { onPath }) => sum + onPath, 0)).toBe(total.onPath);
      }
      expect(total.onPath).toBeLessThanOrEqual(total.resources);
    }),
  );
});

test("as OpenMetrics it is three gauges, by service, owner, environment and golden path", () => {
  expect(adoptionMetrics(adoptionOf(index(stack("dev", "orders", 'com"merce', ["node-api@1", undefined])))))
    .toBe(`# HELP paved_resources Resources that a service's stack manages.
# TYPE paved_resources gauge
paved_resources{service="orders",owner="com\\"merce",environment="dev",golden_path="node-api@1"} 2
# HELP paved_resources_on_golden_path Those of them that its golden path made.
# TYPE paved_resources_on_golden_path gauge
paved_resources_on_golden_path{service="orders",owner="com\\"merce",environment="dev",golden_path="node-api@1"} 1
# HELP paved_deviations Deviations from the golden path.
# TYPE paved_deviations gauge
paved_deviations{service="orders",owner="com\\"merce",environment="dev",golden_path="node-api@1"} 1
# EOF
`);
});

const deviation = (more: object) => ({ rule: "startup-time", owner: "growth", expires: "2027-06-30", ...more });
const deviating = index({
  ...stack("dev", "orders", "commerce", ["node-api@1"]),
  deviations: [deviation({}), deviation({ expires: "2027-03-31" }), deviation({ rule: "K8S-POD-001" })],
} as unknown as StackEntry);

test("deviations as OpenMetrics are when each rule of each service ends, the first end of several, and how many there are", () => {
  const labels = (rule: string) => `{service="orders",environment="dev",rule="${rule}",owner="growth",team="commerce"}`;
  const lines = deviationMetrics(placedDeviations(deviating, "2027-01-01"), adoptionOf(deviating)).split("\n");
  expect(lines.filter((line) => !line.startsWith("# HELP"))).toEqual([
    "# TYPE paved_deviation_expires_timestamp_seconds gauge",
    `paved_deviation_expires_timestamp_seconds${labels("startup-time")} ${Date.UTC(2027, 2, 31) / 1000}`,
    `paved_deviation_expires_timestamp_seconds${labels("K8S-POD-001")} ${Date.UTC(2027, 5, 30) / 1000}`,
    "# TYPE paved_deviations gauge",
    'paved_deviations{service="orders",owner="commerce",environment="dev",golden_path="node-api@1"} 3',
    "# EOF",
    "",
  ]);
});
