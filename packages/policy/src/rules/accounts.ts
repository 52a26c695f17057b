import { foreignAccounts } from "../rule/account";
import { one } from "../rule/attribute-rule";
import { onlyKnown, shown, unless } from "../rule/attributes";
import { withoutCopying } from "../rule/image-copying";
import { manifestRule, resourceRule, rootRule, type Rule } from "../rule/rule";

/** Rules on whose all that is written down is. */
export const accountRules: readonly Rule[] = [
  rootRule({
    id: "ACC-001",
    title: "A stack names no account but its own",
    severity: "critical",
    source: "AWS Well-Architected SEC03-BP07, analyze public and cross-account access; IAM Access Analyzer",
    why: "A principal, a bucket or a log destination of another account takes data where nobody here can follow it.",
    want: "the environment's account in every ARN, buckets by reference or with the account at the end of their names, and no other twelve digits, but where images are copied to a later environment",
    fix: "name what is in the environment's own account; write a number of twelve digits in another unit",
    judges: ["*"],
    check: (subject) =>
      foreignAccounts(withoutCopying(subject), subject.environment.account).map((got) => ({ got: shown(got) })),
    fails: {
      resource: {
        aws_sns_topic_policy: {
          open: {
            policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"}}]}',
          },
        },
      },
    },
    passes: {
      resource: { aws_iam_role: { orders: { managed_policy_arns: ["arn:aws:iam::aws:policy/SecurityAudit"] } } },
    },
  }),
  resourceRule({
    id: "ACC-003",
    title: "Flows of a network are written down in its own stack",
    severity: "high",
    source: "AWS Security Reference Architecture, log archive; Security Hub EC2.6 by reach",
    why: "Flows hold who spoke with whom: whoever they are sent to reads along, and nobody notices.",
    want: "log_destination of a log group of the stack, and no other way out; AWS-S3-007 says where access logs go",
    fix: "make the network with Network",
    judges: ["aws_flow_log"],
    check: ({ attributes, siblings }) => {
      const destination = attributes["log_destination"];
      const groups = siblings("aws_cloudwatch_log_group").map(({ address }) => `\${${address}.arn}`);
      const known = groups.some((group) => group === destination);
      return [
        ...unless(known, `log_destination is ${shown(destination)}`),
        ...onlyKnown(
          attributes,
          "vpc_id traffic_type max_aggregation_interval log_destination_type log_destination iam_role_arn",
        ),
      ];
    },
    fails: one("aws_flow_log", { vpc_id: "${aws_vpc.main.id}", log_destination: "arn:aws:s3:::logs-of-all" }),
    passes: {
      aws_cloudwatch_log_group: { flows: { name: "/paved/flows" } },
      aws_flow_log: { example: { log_destination: "${aws_cloudwatch_log_group.flows.arn}" } },
    },
  }),
  manifestRule({
    id: "ACC-002",
    title: "A workload is told of no account but its own",
    severity: "high",
    source: "AWS Well-Architected SEC03-BP07; SLSA, trusted sources",
    why: "An image, a role or a queue of another account is another's to change.",
    want: "the environment's account in every ARN, image and address, and no other twelve digits",
    fix: "name what is in the environment's own account",
    judges: ["*"],
    check: ({ manifest, environment }) =>
      foreignAccounts(manifest, environment.account).map((got) => ({ got: shown(got) })),
    fails: [
      {
        kind: "ConfigMap",
        metadata: { name: "orders" },
        data: { QUEUE: "https://sqs.eu-west-1.amazonaws.com/999999999999/orders" },
      },
    ],
    passes: [
      {
        kind: "ConfigMap",
        metadata: { name: "orders" },
        data: { QUEUE: "https://sqs.eu-west-1.amazonaws.com/111111111111/orders" },
      },
    ],
  }),
];
