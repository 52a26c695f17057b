import { awsRefusal, type Check, defineBehaviour, unique } from "../define";
import { kmsKeyUsable } from "./kms-key";

const WORDS = { doing: "creating CloudWatch Logs Log Group", call: "CloudWatch Logs: CreateLogGroup" };

const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retentionIsOffered: Check = (it) => {
  const days = it.number("retention_in_days");
  if (days === undefined || RETENTION_DAYS.includes(days)) return;
  const message = `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint`;
  const fix = `Use one of ${RETENTION_DAYS.join(", ")} days, 0 for ever.`;
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterException", message, fix, path: "retention_in_days" });
};

export const logGroup = defineBehaviour({
  type: "aws_cloudwatch_log_group",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("logs", `log-group:${it.id}`),
  defaults: {
    log_group_class: "STANDARD",
    retention_in_days: 0,
    skip_destroy: false,
    deletion_protection_enabled: false,
  },
  replaceOn: ["name", "name_prefix", "log_group_class"],
  validate: [retentionIsOffered],
  checks: [
    kmsKeyUsable("kms_key_id", WORDS),
    unique(["name"], {
      ...WORDS,
      code: "ResourceAlreadyExistsException",
      message: () => "The specified log group already exists",
    }),
  ],
});
