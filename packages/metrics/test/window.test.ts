import fc from "fast-check";
import { dayOf, weeksIn, weeksUntil } from "../src/window";
import { instant } from "./events";

test("weeks begin on Mondays in UTC, and the last goes as far as the window", () => {
  const { weeks, from, to } = weeksUntil(instant("2027-03-20T12:00:00Z"), 3);
  expect(weeks.map(({ day }) => day)).toEqual(["2027-03-01", "2027-03-08", "2027-03-15"]);
  expect([from, to]).toEqual([instant("2027-03-01T00:00:00Z"), instant("2027-03-20T12:00:00Z")]);
  expect(weeks.at(-1)?.to).toBe(to);
});

test("what ends with a Sunday ends with a whole week", () => {
  const window = weeksUntil(instant("2027-03-22T00:00:00Z"), 2);
  expect(window.weeks.map(({ day }) => day)).toEqual(["2027-03-08", "2027-03-15"]);
  expect(weeksIn(window)).toBe(2);
});

test("weeks follow each other without a gap, each of seven days but the last, on Mondays", () => {
  const ends = fc.integer({ min: instant("1970-01-12T00:00:00Z"), max: instant("2200-01-01T00:00:00Z") });
  fc.assert(
    fc.property(ends, fc.integer({ min: 1, max: 60 }), (until, count) => {
      const { weeks, from, to } = weeksUntil(until, count);
      expect(weeks.length).toBe(count);
      expect([weeks[0]!.from, weeks.at(-1)!.to]).toEqual([from, to]);
      for (const [index, week] of weeks.entries()) {
        expect(new Date(week.from).getUTCDay()).toBe(1);
        expect(dayOf(week.from)).toBe(week.day);
        expect(week.to - week.from).toBeGreaterThan(0);
        if (index > 0) expect(week.from).toBe(weeks[index - 1]!.to);
      }
    }),
  );
});
