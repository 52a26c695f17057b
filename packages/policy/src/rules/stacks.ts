import { one } from "../rule/attribute-rule";
import { at, demandKept, onlyKnown, recordAt, shown, texts, unless } from "../rule/attributes";
import { type ResourceRule, resourceRule } from "../rule/rule";
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

/** Rules on every resource of a stack. */
export const stackRules: readonly ResourceRule[] = [
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
    title: "What is planned is what is there",
    severity: "high",
    source: "OpenTofu, lifecycle; NIST SP 800-53 CM-3",
    why: "An attribute that is ignored can be changed by hand for ever, and no plan and no search for drift shows it.",
    want: "ignore_changes only of the nodes' desired size, and no other setting but create_before_destroy and prevent_destroy",
    fix: "remove it, and let the module's own verbs say what changes",
    judges: ["*"],
    check: ({ type, attributes }) => {
      const lifecycle = attributes["lifecycle"];
      const ignored = at(lifecycle, "ignore_changes");
      const allowed = Object.hasOwn(IGNORED, type) ? IGNORED[type] : undefined;
      const known = texts(ignored).every((each) => allowed?.includes(each));
      return [
        ...onlyKnown(recordAt(attributes, "lifecycle"), "create_before_destroy prevent_destroy ignore_changes"),
        ...unless(known, `ignore_changes is ${shown(ignored)}`),
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
  resourceRule({
    id: "ROOT-009",
    title: "What cannot be made again stays where data is protected",
    severity: "high",
    source: "OpenTofu, prevent_destroy; AWS Well-Architected REL09-BP01 by reach",
    why: "One rename that is not recorded destroys a queue with its messages, a zone with its names or every image that runs.",
    want: `prevent_destroy true for ${KEPT.join(", ")} where the environment is protected`,
    fix: "make it with its module, which protects it",
    judges: KEPT,
    check: demandKept,
    fails: one("aws_route53_zone", { name: "paved.example.com" }),
    passes: one("aws_route53_zone", { name: "paved.example.com", lifecycle: { prevent_destroy: true } }),
  }),
];
