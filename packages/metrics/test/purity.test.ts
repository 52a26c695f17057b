import { metricsDashboard, metricsReport, reportMetrics, reportSvg } from "../src";
import { command, request } from "./events";
import { input, logOf } from "./report-input";

const log = logOf(
  request("2027-03-08T08:00:00Z", "service orders"),
  command("2027-03-08T09:00:00Z", ["staging-orders applied"]),
);

/** A clock that may make an instant out of another, and is never to be read. */
class UnreadClock extends Date {
  constructor(...given: [] | [number | string]) {
    if (given.length === 0) throw new Error("the clock was read");
    super(...(given as [number | string]));
  }

  static override now(): number {
    throw new Error("the clock was read");
  }
}

test("no clock is read: days and instants are given", () => {
  const count = () => {
    const report = metricsReport(input({ log }));
    return JSON.stringify([report, reportMetrics(report), reportSvg(report), metricsDashboard()]);
  };
  const before = count();
  const { Date: clock } = globalThis;
  try {
    globalThis.Date = UnreadClock as DateConstructor;
    expect(() => new Date()).toThrow("the clock was read");
    expect(count()).toBe(before);
  } finally {
    globalThis.Date = clock;
  }
});
