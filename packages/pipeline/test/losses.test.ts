import type { FleetIndex, PlannedLoss, StackEntry } from "@paved/model";
import { consentFindings, consentWarnings, lossFindings, unusedConsents } from "../src/losses/consent";

const TODAY = "2026-11-28";
const LATER = "2027-01-31";
const DATABASE = "aws_db_instance.api_database_instance";
const reason = "restored from a snapshot";

const stack = (records: Partial<StackEntry["records"]>): StackEntry => ({
  name: "dev-orders",
  environment: "dev",
  kind: "service",
  owner: "commerce",
  directory: "stacks/dev-orders",
  dependsOn: [],
  publishes: [],
  consumes: [],
  notes: [],
  deviations: [],
  records: { moved: [], retired: [], forgotten: [], imported: [], ...records },
  elements: { [DATABASE]: { path: "api/database/instance", source: "stacks/services/orders.ts:9" } },
});
const fleet = (records: Partial<StackEntry["records"]>): FleetIndex => ({
  version: 1,
  environments: [],
  stacks: [stack(records)],
  services: [],
  goldenPaths: [],
});

const replaced: PlannedLoss = { address: DATABASE, action: "replace", loses: "data" };
const destroyed: PlannedLoss = { ...replaced, action: "destroy" };
const replaceable = (until: string, address = DATABASE): Partial<StackEntry["records"]> => ({
  replaceable: [{ address, until, reason }],
});
const retired = (path: string, until?: string): Partial<StackEntry["records"]> => ({
  retired: [{ path, reason, ...(until === undefined ? {} : { until }) }],
});

test.each<[string, Partial<StackEntry["records"]>, PlannedLoss]>([
  ["made anew without a record", {}, replaced],
  ["made anew, where it may only go", retired("", LATER), replaced],
  ["made anew on the day that the consent ends", replaceable(TODAY), replaced],
  ["made anew, where another may be", replaceable(LATER, "aws_db_instance.other"), replaced],
  ["deleted, and no more than that", {}, destroyed],
  ["deleted, where it may only be made anew", replaceable(LATER), destroyed],
  ["retired without an end", retired("api/database"), destroyed],
  ["retired until a day that is over", retired("api/database", "2026-11-27"), destroyed],
  ["deleted, where something else is retired", retired("api/data", LATER), destroyed],
])("fails with PVD5016 when data is %s", (_case, records, loss) => {
  expect(lossFindings(stack(records), [loss], TODAY)).toMatchObject([
    { code: "PVD5016", where: `dev-orders ${DATABASE}`, source: "stacks/services/orders.ts:9" },
  ]);
});

test.each<[string, Partial<StackEntry["records"]>, PlannedLoss]>([
  ["made anew until the day that is said", replaceable("2026-11-29"), replaced],
  ["deleted with what is around it", retired("api", LATER), destroyed],
  ["deleted with all of the stack", retired("", LATER), destroyed],
  ["made anew in every instance", replaceable(LATER), { ...replaced, address: `${DATABASE}["a"]` }],
])("data may be %s", (_case, records, loss) => {
  expect(lossFindings(stack(records), [loss], TODAY)).toEqual([]);
});

test("a loss without a record says which one would allow it", () => {
  const fixes = lossFindings(stack({}), [replaced, destroyed], TODAY).map(({ got, fix }) => `${got}: ${fix}`);
  expect(fixes).toEqual([
    `a replace that loses data: write allowReplace(service, { address: "${DATABASE}", until: "…", reason: "…" }), or keep it`,
    'a destroy that loses data: write retire(service, { path: "…", reason: "…", until: "…" }), or keep it',
  ]);
});

test.each([
  ["2026-11-28", "which is over"],
  ["2027-11-29", "until 2027-11-29"],
])("fails with PVD5017 for consent until %s", (until, got) => {
  const findings = consentFindings(fleet({ ...replaceable(until), ...retired("api", until) }), TODAY);
  expect(findings.map(({ code, where }) => `${code} ${where}`)).toEqual([
    "PVD5017 dev-orders api",
    `PVD5017 dev-orders ${DATABASE}`,
  ]);
  expect(findings[0]!.got).toContain(got);
});

test("consent that ends soon is told of, and what has no end, or a distant one, is not", () => {
  const index = fleet({ ...replaceable("2026-12-05"), ...retired("api") });
  expect(consentFindings(index, TODAY)).toEqual([]);
  expect(consentWarnings(index, TODAY)).toEqual([
    `dev-orders ${DATABASE}: allowReplace expires in 7 days, on 2026-12-05`,
  ]);
  expect(consentWarnings(fleet(replaceable(LATER)), TODAY)).toEqual([]);
});

test("a record that allows nothing that is planned is told of", () => {
  expect(unusedConsents(stack(replaceable(LATER)), [replaced])).toEqual([]);
  expect(unusedConsents(stack(replaceable(LATER)), [])).toEqual([
    `allowReplace of ${DATABASE} allows nothing that is planned: remove the record`,
  ]);
});
