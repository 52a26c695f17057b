import type { DeviationEntry, FleetIndex } from "@paved/model";
import { expiredFindings, expiryWarnings, overlongFindings, placedDeviations } from "../src/deviations/expiry";

const entry: DeviationEntry = {
  rule: "startup-time",
  reason: "The model takes two minutes to load.",
  owner: "growth",
  ticket: "https://tickets.example.com/1",
  expires: "2027-03-31",
  approvedBy: "platform",
  subject: "Deployment/orders",
  source: "stacks/services/orders.ts",
  got: ["spec.progressDeadlineSeconds is 900", "spec.minReadySeconds is 30"],
};

const index = (...deviations: readonly Partial<DeviationEntry>[]) =>
  ({
    stacks: ["dev", "production"].map((environment) => ({
      environment,
      service: "orders",
      deviations: deviations.map((each) => ({ ...entry, ...each })),
    })),
  }) as unknown as FleetIndex;

const on = (today: string) => {
  const placed = placedDeviations(index({}), today);
  return { days: placed[0]?.daysLeft, warnings: expiryWarnings(placed), expired: expiredFindings(placed) };
};

test.each([
  ["2027-02-28", 31, 0, 0],
  ["2027-03-01", 30, 1, 0],
  ["2027-03-30", 1, 1, 0],
  ["2027-03-31", 0, 0, 1],
])("on %s it has %d days left: %d warnings, %d expired", (today, days, warnings, expired) => {
  const judged = on(today);
  expect([judged.days, judged.warnings.length, judged.expired.length]).toEqual([days, warnings, expired]);
});

test("a day is a day across a change of clocks and a leap day", () => {
  expect(placedDeviations(index({ expires: "2028-03-01" }), "2028-02-28")[0]?.daysLeft).toBe(2);
  expect(placedDeviations(index({ expires: "2027-03-29" }), "2027-03-27")[0]?.daysLeft).toBe(2);
});

test("fails with PVD2012 once for a deviation that holds in several environments, with who to ask", () => {
  expect(on("2027-05-01").expired).toEqual([
    {
      code: "PVD2012",
      where: "stacks/services/orders.ts Deployment/orders",
      got: "a deviation from startup-time that expired on 2027-03-31",
      want: "deviations that have not expired",
      fix: "go back to the golden path (https://tickets.example.com/1), or have platform agree to another day",
    },
  ]);
});

test("fails with PVD2018 for a deviation that holds for more than a year from the day of the check, once", () => {
  const until = (expires: string) => overlongFindings(placedDeviations(index({ expires }), "2026-03-31"));
  expect(until("2027-03-31")).toEqual([]);
  expect(until("9999-12-31")).toHaveLength(1);
  expect(until("2027-04-01")).toEqual([
    {
      code: "PVD2018",
      where: "stacks/services/orders.ts Deployment/orders",
      got: "a deviation from startup-time that holds until 2027-04-01, 366 days more",
      want: "an end within 365 days",
      fix: "set an earlier day; platform can agree to another when it comes",
    },
  ]);
});

test("those that end first come first", () => {
  const placed = placedDeviations(index({ expires: "2028-01-01" }, { expires: "2027-01-01" }), "2026-12-01");
  expect(placed.map(({ expires }) => expires)).toEqual(["2027-01-01", "2027-01-01", "2028-01-01", "2028-01-01"]);
});
