import { metricsReport, type ReportInput } from "../src";
import { command, instant, request } from "./events";
import { figure, input, logOf } from "./report-input";

const report = (more: Partial<ReportInput>) => metricsReport(input(more));
const HOUR = 3600;

describe("time to first deployment", () => {
  const first = (more: Partial<ReportInput>) => figure(report(more), "first-deployment");

  test("is from the request to the first apply in staging: the median of the services, in the week of the apply", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "service orders"),
      request("2027-03-08T08:00:00Z", "service pricing"),
      request("2027-03-15T08:00:00Z", "service search"),
      command("2027-03-08T09:00:00Z", ["dev-orders applied"]),
      command("2027-03-08T10:00:00Z", ["staging-orders failed"]),
      command("2027-03-08T12:00:00Z", ["staging-orders applied"]),
      command("2027-03-09T12:00:00Z", ["staging-orders applied"]),
      command("2027-03-08T14:00:00Z", ["staging-pricing applied"]),
      command("2027-03-15T18:00:00Z", ["staging-search applied"], { command: "rehearse" }),
    );
    expect(first({ log })).toEqual({
      id: "first-deployment",
      value: 6 * HOUR,
      count: 3,
      weekly: [null, null, 5 * HOUR, 10 * HOUR],
      notes: [],
    });
  });

  test("begins with the commit of its file, or with the command that dealt with it before that", () => {
    const log = logOf(
      command("2027-03-08T07:00:00Z", ["dev-network applied"]),
      command("2027-03-08T08:00:00Z", ["dev-orders planned"], { command: "plan" }),
      command("2027-03-08T12:00:00Z", ["staging-orders applied"]),
    );
    const since = (text: string) => first({ log, services: new Map([["orders", instant(text)]]) }).value;
    expect(since("2027-03-08T09:00:00Z")).toBe(4 * HOUR);
    expect(since("2027-03-08T07:30:00Z")).toBe(4.5 * HOUR);
  });

  test("leaves out services that are older than the log, says which never were committed, and which wait", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "service waiting"),
      command("2027-03-08T12:00:00Z", ["staging-orders applied", "staging-unknown applied"]),
    );
    const services = new Map([["orders", instant("2026-03-08T08:00:00Z")]]);
    expect(first({ log, services })).toEqual({
      id: "first-deployment",
      count: 0,
      weekly: [null, null, null, null],
      notes: [
        "left out: 1 service older than the log, which begins on 2027-03-08",
        "left out: 1 service neither asked for nor committed: unknown",
        "not there yet: waiting",
      ],
    });
  });

  test("is of one place and one environment: what is live says nothing of the sandbox, nor production of staging", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "service orders"),
      command("2027-03-08T09:00:00Z", ["staging-orders applied"], { place: "live" }),
      command("2027-03-08T11:00:00Z", ["production-orders applied"]),
    );
    expect(first({ log }).value).toBeUndefined();
    expect(first({ log, place: "live" }).value).toBe(HOUR);
    expect(first({ log, target: "production" }).value).toBe(3 * HOUR);
  });

  test("names no more than five that wait", () => {
    const log = logOf(
      ...["a", "b", "c", "d", "e", "f", "g"].map((name) => request("2027-03-08T08:00:00Z", `service ${name}`)),
    );
    expect(first({ log }).notes).toEqual(["not there yet: a, b, c, d, e and 2 more"]);
  });

  test("what is counted of the log is of that place, and requests", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "service orders"),
      command("2027-03-08T09:00:00Z", [], { place: "live" }),
      command("2027-03-08T09:00:00Z"),
      command("2027-03-08T10:00:00Z"),
      command("2027-01-08T10:00:00Z"),
    );
    expect([report({ log }).events, report({ log, place: "live" }).events]).toEqual([3, 2]);
  });

  test("a destroy is no deployment", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "service orders"),
      command("2027-03-08T09:00:00Z", ["staging-orders applied"], { command: "destroy" }),
    );
    expect(first({ log }).value).toBeUndefined();
  });
});

describe("mean time to environment", () => {
  const environment = (more: Partial<ReportInput>) => figure(report(more), "environment");

  test("is from the request until the last of the platform's stacks was applied: the mean of the environments", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "environment qa"),
      request("2027-03-15T08:00:00Z", "environment load"),
      command("2027-03-08T09:00:00Z", ["qa-network applied", "qa-cluster failed"]),
      command("2027-03-08T10:00:00Z", ["qa-cluster applied"]),
      command("2027-03-09T10:00:00Z", ["qa-network applied", "qa-orders applied"]),
      command("2027-03-15T12:00:00Z", ["load-network applied", "load-cluster applied"]),
    );
    expect(environment({ log })).toEqual({
      id: "environment",
      value: 3 * HOUR,
      count: 2,
      weekly: [null, null, 2 * HOUR, 4 * HOUR],
      notes: [],
    });
  });

  test("is of none that is not whole, and says which", () => {
    const log = logOf(
      request("2027-03-08T08:00:00Z", "environment qa"),
      command("2027-03-08T09:00:00Z", ["qa-network applied"]),
    );
    expect(environment({ log })).toMatchObject({ count: 0, notes: ["not there yet: qa"] });
  });
});

describe("change-failure rate", () => {
  const failure = (more: Partial<ReportInput>) => figure(report(more), "change-failure");

  test("is the part of the deployments that failed; plans, destroys and what was stopped are none", () => {
    const log = logOf(
      command("2027-03-08T08:00:00Z", ["dev-orders applied", "dev-network failed"], { outcome: "failed" }),
      command("2027-03-15T08:00:00Z", ["dev-orders applied", "dev-network applied", "dev-cluster interrupted"]),
      command("2027-03-15T09:00:00Z", ["dev-orders failed"], { command: "plan" }),
      command("2027-03-15T09:00:00Z", ["dev-orders failed"], { command: "destroy" }),
      command("2027-01-01T09:00:00Z", ["dev-orders failed"]),
    );
    expect(failure({ log })).toMatchObject({ value: 0.25, count: 4, weekly: [null, null, 0.5, 0] });
  });
});

describe("platform tickets", () => {
  const tickets = ["2027-03-08", "2027-03-15", "2027-03-16", "2027-01-01", "2027-03-30"].map((day, index) => ({
    id: `#${index}`,
    at: instant(`${day}T00:00:00Z`),
  }));

  test("are those in the window, by its weeks; the last counts as far as it has passed", () => {
    const { value, ...rest } = figure(report({ tickets }), "platform-tickets");
    expect(rest).toEqual({ id: "platform-tickets", count: 3, weekly: [0, 0, 1, 2], notes: [] });
    expect(value).toBeCloseTo(3 / (3 + 5.5 / 7));
  });

  test("are unknown, and not none, without an export", () => {
    const { value, notes } = figure(report({}), "platform-tickets");
    expect({ value, notes }).toEqual({ value: undefined, notes: ["no export of tickets is given: --tickets"] });
    expect(figure(report({ tickets: [] }), "platform-tickets")).toMatchObject({ value: 0, count: 0 });
  });
});

describe("adoption and deviation rate", () => {
  const past = [
    ["2027-03-14T23:59:59Z", 6, 2],
    ["2027-02-20T00:00:00Z", 5, 4],
    ["2027-03-02T00:00:00Z", 8, 0],
    ["2027-03-16T00:00:00Z", 1, 1],
  ].map(([at, onPath, deviating]) => ({
    at: instant(String(at)),
    adoption: { part: Number(onPath), whole: 10 },
    deviation: { part: Number(deviating), whole: 4 },
  }));

  test("are what they are now, and for each week before what the last record until its end says", () => {
    const counted = report({ past });
    expect(figure(counted, "golden-path-adoption")).toMatchObject({
      value: 0.9,
      count: 10,
      weekly: [0.5, 0.8, 0.6, 0.9],
    });
    expect(figure(counted, "deviation")).toMatchObject({ value: 0.25, count: 4, weekly: [1, 0, 0.5, 0.25] });
  });

  test("of nothing there is none", () => {
    const nothing = { part: 0, whole: 0 };
    const counted = report({ standing: { adoption: nothing, deviation: nothing } });
    expect(figure(counted, "deviation")).toEqual({
      id: "deviation",
      count: 0,
      weekly: [null, null, null, null],
      notes: [],
    });
  });
});

test("what of the log was left out is said: damage, lines of a later version, and events after the end", () => {
  const late = command("2027-03-20T13:00:00Z", ["staging-orders applied"]);
  const log = { ...logOf(late), damaged: [{ file: "events.jsonl", line: 7 }], newer: 2 };
  expect(report({ log })).toMatchObject({
    events: 0,
    notes: [
      "left out: 1 line of the event log that cannot be read, the first is events.jsonl:7",
      "left out: 2 lines of the event log that a newer Paved wrote",
      "left out: 1 line of the event log after the end of the window",
    ],
  });
});
