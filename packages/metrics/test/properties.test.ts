import fc from "fast-check";
import { formatEvent, type LogFile, metricsReport, type PavedEvent, readEvents, STACK_OUTCOMES } from "../src";
import { input, UNTIL } from "./report-input";

const WEEK = 7 * 86_400_000;
const ENVIRONMENTS = ["dev", "staging"];
const SERVICES = ["orders", "pricing", "search"];

const stacks = fc
  .record({
    environment: fc.constantFrom(...ENVIRONMENTS),
    short: fc.constantFrom(...SERVICES, "network", "cluster"),
    outcome: fc.constantFrom(...STACK_OUTCOMES),
  })
  .map(({ environment, short, outcome }) => {
    const service = SERVICES.includes(short) ? { service: short } : {};
    return { name: `${environment}-${short}`, environment, ...service, outcome };
  });
const every = { id: fc.uuid(), at: fc.integer({ min: UNTIL - 5 * WEEK, max: UNTIL + WEEK }) };
const event: fc.Arbitrary<PavedEvent> = fc.oneof(
  fc.record({
    ...every,
    kind: fc.constant("command" as const),
    command: fc.constantFrom("apply", "rehearse", "plan", "destroy", "pipeline apply"),
    place: fc.constantFrom("sandbox" as const, "live" as const),
    outcome: fc.constantFrom("ok" as const, "failed" as const, "interrupted" as const),
    seconds: fc.integer({ min: 0, max: 900 }),
    codes: fc.constant<string[]>([]),
    stacks: fc.array(stacks, { maxLength: 4 }),
  }),
  fc.record({
    ...every,
    kind: fc.constant("request" as const),
    subject: fc.constant("service" as const),
    name: fc.constantFrom(...SERVICES),
  }),
  fc.record({
    ...every,
    kind: fc.constant("request" as const),
    subject: fc.constant("environment" as const),
    name: fc.constantFrom(...ENVIRONMENTS),
  }),
);
const happened = fc.array(event, { maxLength: 30 });
const commits = fc
  .array(fc.tuple(fc.constantFrom(...SERVICES), fc.integer({ min: UNTIL - 6 * WEEK, max: UNTIL + WEEK })))
  .map((entries) => new Map(entries));

const file = (lines: readonly string[]): LogFile => ({ name: "events.jsonl", text: lines.join("\n") });
const reportOf = (files: readonly LogFile[], services: ReadonlyMap<string, number> = new Map()) =>
  metricsReport(input({ log: readEvents(files), services }));

/** The events and the same in another order. */
const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length });

test("the order of lines changes nothing, nor does how they are spread over files", () => {
  const both = happened.chain((events) =>
    fc.tuple(fc.constant(events), shuffled(events), fc.nat({ max: events.length })),
  );
  fc.assert(
    fc.property(both, commits, ([events, mixed, cut], services) => {
      const lines = mixed.map(formatEvent);
      const parts = [file(lines.slice(cut)), file(lines.slice(0, cut))];
      expect(reportOf(parts, services)).toEqual(reportOf([file(events.map(formatEvent))], services));
    }),
  );
});

test("a line that is there more than once counts once, also when the same id says something else", () => {
  const repeated = happened.chain((events) => fc.tuple(fc.constant(events), fc.subarray(events)));
  fc.assert(
    fc.property(repeated, ([events, again]) => {
      const lines = events.map(formatEvent);
      expect(reportOf([file([...lines, ...again.map(formatEvent)])])).toEqual(reportOf([file(lines)]));
    }),
  );
  const clashing = happened.chain((events) =>
    fc.tuple(
      fc.constant(events.map((each) => ({ ...each, id: events[0]!.id }))),
      shuffled(events.map((each) => ({ ...each, id: events[0]!.id }))),
    ),
  );
  fc.assert(
    fc.property(clashing, ([events, mixed]) => {
      expect(readEvents([file(mixed.map(formatEvent))])).toEqual(readEvents([file(events.map(formatEvent))]));
    }),
  );
});

test("clocks that are wrong by hours make no time below zero, no share above one, and no figure that is no number", () => {
  const skewed = happened.chain((events) =>
    fc.tuple(fc.constant(events), fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 30, maxLength: 30 })),
  );
  fc.assert(
    fc.property(skewed, commits, ([events, hours], services) => {
      const wrong = events.map((each, index) => ({ ...each, at: each.at + hours[index]! * 3_600_000 }));
      for (const { id, value, weekly } of reportOf([file(wrong.map(formatEvent))], services).figures) {
        const isShare = id === "change-failure" || id === "deviation" || id === "golden-path-adoption";
        for (const each of [value, ...weekly].filter((known) => typeof known === "number")) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(isShare ? 1 : Number.MAX_SAFE_INTEGER);
        }
      }
    }),
  );
});

/** The instant as a clock shows it that is so many minutes ahead of UTC. */
function inZone(at: string, minutes: number): string {
  const local = new Date(Date.parse(at) + minutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number) => String(Math.abs(value)).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

test("the zone that an instant is written in changes nothing", () => {
  const zones = fc.array(fc.integer({ min: -12 * 60, max: 14 * 60 }), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(happened, zones, (events, minutes) => {
      const lines = events.map(formatEvent);
      const elsewhere = lines.map((line, index) =>
        line.replace(/"at":"([^"]+)"/, (_, at: string) => `"at":"${inZone(at, minutes[index]!)}"`),
      );
      expect(readEvents([file(elsewhere)]).damaged).toEqual([]);
      expect(reportOf([file(elsewhere)])).toEqual(reportOf([file(lines)]));
    }),
  );
});

test("an empty log has no data, which is not the same as nought", () => {
  const { figures, events } = reportOf([]);
  const values = Object.fromEntries(figures.map(({ id, value }) => [id, value]));
  expect({ events, values }).toEqual({
    events: 0,
    values: {
      "first-deployment": undefined,
      "golden-path-adoption": 0.9,
      environment: undefined,
      "platform-tickets": undefined,
      "change-failure": undefined,
      deviation: 0.25,
    },
  });
});

test("whatever is cut off at the end of a log, what is before it counts", () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), fc.nat({ max: 60 }), (events, length) => {
      const lines = events.map(formatEvent);
      const cut = [...lines.slice(0, -1), lines.at(-1)!.slice(0, length)];
      expect(readEvents([file(cut)]).events).toEqual(readEvents([file(lines.slice(0, -1))]).events);
    }),
  );
});
