import { isEmpty } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour, unique } from "../define";

const WORDS = { doing: "creating CloudWatch Metric Alarm", call: "CloudWatch: PutMetricAlarm" };
const OPERATORS = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "GreaterThanUpperThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanThreshold",
];
const SHORT_PERIODS = [10, 20, 30];
const A_MINUTE = 60;

const operatorIsOffered: Check = (it) => {
  const operator = it.text("comparison_operator");
  if (operator === undefined || OPERATORS.includes(operator)) return;
  const message = `1 validation error detected: Value '${operator}' at 'comparisonOperator' failed to satisfy constraint`;
  const fix = `Use one of ${OPERATORS.join(", ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "ValidationError", message, fix, path: "comparison_operator" });
};

const periodIsOffered: Check = (it) => {
  const period = it.number("period");
  if (period === undefined || SHORT_PERIODS.includes(period) || (period > 0 && period % A_MINUTE === 0)) return;
  const message = "The period must be 10, 20, 30 or a multiple of 60";
  const fix = "Set period to 10, 20, 30 or whole minutes in seconds.";
  throw awsRefusal(it, { ...WORDS, code: "ValidationError", message, fix, path: "period" });
};

const watchesSomething: Check = (it) => {
  const [hasMetric, hasQuery] = ["metric_name", "metric_query"].map((path) => !isEmpty(it.get(path)));
  if (hasMetric === hasQuery) {
    const message = "one of `metric_name,metric_query` must be specified";
    const fix = "Set metric_name, or metric_query, and not both.";
    throw awsRefusal(it, { ...WORDS, code: "ValidationError", message, fix, path: "metric_name" });
  }
  const statistics = ["statistic", "extended_statistic"].filter((path) => !isEmpty(it.get(path)));
  if (hasQuery || statistics.length === 1) return;
  const message = "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm";
  const fix = "Set one of statistic and extended_statistic.";
  throw awsRefusal(it, { ...WORDS, code: "ValidationError", message, fix, path: "metric_name" });
};

export const metricAlarm = defineBehaviour({
  type: "aws_cloudwatch_metric_alarm",
  id: (it) => it.text("alarm_name")!,
  arn: (it) => it.arn("cloudwatch", `alarm:${it.id}`),
  defaults: { actions_enabled: true, treat_missing_data: "missing", "metric_query.return_data": false },
  replaceOn: ["alarm_name"],
  computed: () => ({ evaluate_low_sample_count_percentiles: "" }),
  validate: [operatorIsOffered, periodIsOffered, watchesSomething],
  checks: [
    unique(["alarm_name"], {
      ...WORDS,
      code: "AlarmAlreadyExists",
      message: (it) => `There is an alarm ${it.text("alarm_name")}, and it would be overwritten`,
    }),
  ],
});
