import { foreignAccounts } from "../rule/account";
import { one } from "../rule/attribute-rule";
import { at, isTrue, onlyKnown, isRecord, shown, texts, unless } from "../rule/attributes";
import { manifestRule, resourceRule, rootRule, type Rule } from "../rule/rule";
import { RESOURCE_TYPES } from "./known-types";

/** What somebody else decides on after the apply, by type. */
const IGNORED: Readonly<Record<string, readonly string[]>> = {
  // The cluster autoscaler says how many nodes there are now.
  aws_eks_node_group: ["scaling_config[0].desired_size"],
};

/** Types that hold what cannot be made again; of databases, buckets and keys rules of their own say so. */
const KEPT = [
  "aws_ecr_repository",
  "aws_eks_cluster",
  "aws_route53_zone",
  "aws_secretsmanager_secret",
  "aws_sqs_queue",
];

/** Types that CloudFront takes from its home alone. */
const OF_CLOUDFRONT =
  /^aws_(acm_certificate|acm_certificate_validation|cloudwatch_log_delivery(_destination|_source)?)$/;
const HOME_OF_CLOUDFRONT = "us-east-1";

/** Rules on every resource of a stack, and on whose all that is written is. */
export const stackRules: readonly Rule[] = [
  resourceRule({
    id: "ROOT-001",
    title: "A stack makes only what the platform knows",
    severity: "high",
    source: "Paved: what no rule knows cannot be judged; NIST SP 800-53 CM-7(5)",
    why: "Rules are on known types: another type opens the network, shares data or makes users past all of them.",
    want: "a resource type of the list in packages/policy/src/rules/known-types.ts",
    fix: "use the module that there is; with a new module, add its types to that list, and the rules that keep them safe",
    judges: ["*"],
    check: ({ type }) => unless(RESOURCE_TYPES.has(type), type),
    fails: one("aws_vpc_peering_connection", { peer_owner_id: "999999999999" }),
    passes: one("aws_sqs_queue", { name: "orders" }),
  }),
  resourceRule({
    id: "ROOT-006",
    title: "What is planned is what is there, and what holds data stays",
    severity: "high",
    source: "OpenTofu, lifecycle; CIS AWS Foundations 3.1 by reach",
    why: "An attribute that is ignored can be changed by hand for ever and no plan shows it; one wrong rename destroys a queue with its messages.",
    want: "ignore_changes only of the nodes' desired size, no other setting but create_before_destroy, and prevent_destroy where the environment is protected",
    fix: "let the module's own verbs say what changes; protect it with the environment's protection",
    judges: ["*"],
    check: ({ type, attributes, environment }) => {
      const lifecycle = attributes["lifecycle"];
      const ignored = at(lifecycle, "ignore_changes");
      const known = texts(ignored).every((each) => IGNORED[type]?.includes(each));
      const kept = isTrue(at(lifecycle, "prevent_destroy"));
      return [
        ...onlyKnown(isRecord(lifecycle) ? lifecycle : {}, "create_before_destroy prevent_destroy ignore_changes"),
        ...unless(known, `ignore_changes is ${shown(ignored)}`),
        ...unless(!environment.protected || !KEPT.includes(type) || kept, "prevent_destroy is not true"),
      ];
    },
    fails: one("aws_sqs_queue", { name: "orders", lifecycle: { ignore_changes: "all" } }),
    passes: one("aws_sqs_queue", { name: "orders", lifecycle: { prevent_destroy: true } }),
  }),
  resourceRule({
    id: "ROOT-007",
    title: "All that a stack makes is in its environment's region",
    severity: "medium",
    source: "AWS provider 6, enhanced region support; NIST SP 800-53 SA-9(5)",
    why: "Data in another region is under another law, and outside of every network, key and log of the environment.",
    want: `no region but the environment's own, and ${HOME_OF_CLOUDFRONT} for certificates and logs of CloudFront`,
    fix: "remove region",
    judges: ["aws_*"],
    check: ({ type, attributes: { region }, environment }) => {
      const home = OF_CLOUDFRONT.test(type) && region === HOME_OF_CLOUDFRONT;
      return unless(region === undefined || region === environment.region || home, `region is ${shown(region)}`);
    },
    fails: one("aws_s3_bucket", { bucket: "orders", region: "us-east-1" }),
    passes: one("aws_acm_certificate", { domain_name: "shop.example.com", region: "us-east-1" }),
  }),
  rootRule({
    id: "ACC-001",
    title: "A stack names no account but its own",
    severity: "critical",
    source: "AWS Well-Architected SEC03-BP07, analyze public and cross-account access; IAM Access Analyzer",
    why: "A principal, a bucket or a log destination of another account takes data where nobody here can follow it.",
    want: "the environment's account in every ARN, buckets by reference or with the account at the end of their names, and no other twelve digits",
    fix: "name what is in the environment's own account; write a number of twelve digits in another unit",
    judges: ["*"],
    check: ({ root, environment }) => foreignAccounts(root, environment.account).map((got) => ({ got: shown(got) })),
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
    title: "What is written down of the environment stays in it",
    severity: "high",
    source: "AWS Security Reference Architecture, log archive; Security Hub EC2.6, S3.9 by reach",
    why: "Logs hold addresses, names and what was asked for: whoever they are sent to reads along, and nobody notices.",
    want: "log_destination of a log group of the stack, and target_bucket by reference",
    fix: "make the network with Network and buckets with Bucket",
    judges: ["aws_flow_log", "aws_s3_bucket_logging"],
    check: ({ type, attributes, siblings }) => {
      const { log_destination: destination, target_bucket: bucket } = attributes;
      if (type === "aws_s3_bucket_logging") {
        return unless(
          texts(bucket).some((name) => name.startsWith("${")),
          `target_bucket is ${shown(bucket)}`,
        );
      }
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
    fails: one("aws_s3_bucket_logging", { bucket: "${aws_s3_bucket.files.id}", target_bucket: "logs-of-all" }),
    passes: one("aws_s3_bucket_logging", {
      bucket: "${aws_s3_bucket.files.id}",
      target_bucket: "${aws_s3_bucket.logs.id}",
    }),
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
