import { alertRules } from "../../src/observability/alert-rules";
import { full, rules } from "./observed-fixture";
import { SmallPrometheus } from "./small-prometheus";

const site = full("site");
const watched = rules(alertRules(site)).filter(
  ({ record, alert }) => record !== undefined || alert === "AvailabilityBudgetBurn",
);
const PERIOD = 5;
const HOUR = 60;

/** What CloudWatch has of a period: nothing at all while nobody asks for anything. */
interface Period {
  readonly requests: number;
  readonly percent: number;
}

/**
 * Plays periods to Prometheus, one after the other, as the exporter brings them.
 *
 * @param missing what the exporter makes of a period that CloudWatch has nothing of
 * @returns the alerts that are firing at the end
 */
function after(missing: number, ...spans: readonly [minutes: number, period: Period | undefined][]): readonly string[] {
  const prometheus = new SmallPrometheus();
  let [minute, firing]: [number, readonly string[]] = [0, []];
  for (const [minutes, period] of spans) {
    for (const end = minute + minutes; minute < end; minute += PERIOD) {
      const labels = { tag_service: site.name, dimension_DistributionId: "E1" };
      prometheus.write("aws_cloudfront_requests_sum", labels, minute, period?.requests ?? missing);
      prometheus.write("aws_cloudfront_5xx_error_rate_average", labels, minute, period?.percent ?? missing);
      firing = prometheus.look(watched, minute);
    }
  }
  return firing;
}

const busy = { requests: 1000, percent: 0 };
const broken = { requests: 1000, percent: 20 };

test("an outage after a quiet night is told of as fast as any", () => {
  expect(after(0, [6 * HOUR, busy], [8 * HOUR, undefined], [15, broken])).toContain("AvailabilityBudgetBurn 1h");
});

test("it would not be, were a period without requests not a number: the exporter has to make it 0", () => {
  expect(after(Number.NaN, [6 * HOUR, busy], [8 * HOUR, undefined], [15, broken])).toEqual([]);
});

test("nothing is told of while nobody asks for anything", () => {
  expect(after(0, [6 * HOUR, busy], [12 * HOUR, undefined])).toEqual([]);
});

test("a request weighs as much as any other: a failure at night does not break a promise that the day keeps", () => {
  const night = { requests: 2, percent: 50 };
  expect(after(0, [12 * HOUR, { requests: 100_000, percent: 0 }], [45, night])).toEqual([]);
});

test("and failures of a busy time weigh more than a quiet time without", () => {
  const failed = { requests: 100_000, percent: 5 };
  expect(after(0, [5 * HOUR, { requests: 10, percent: 0 }], [20, failed])).toContain("AvailabilityBudgetBurn 6h");
});
