import { boundaryWaivers } from "./boundaries";
import type { Waiver } from "./waiver";

const owner = "platform";
const expires = "2027-10-31";

/** Rules of outside judges that do not fit, each with what is done instead. */
export const OUTSIDE_WAIVERS: readonly Waiver[] = [
  ...boundaryWaivers("CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"),
  {
    judge: "checkov plan",
    rule: "CKV2_AWS_34",
    subjects: ["aws_ssm_parameter"],
    reason:
      "The parameters are contracts between stacks: names and addresses, never secrets (rule AWS-SSM-001 sees to it).",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV2_AWS_38",
    subjects: ["aws_route53_zone"],
    reason: "DNSSEC needs a record at the parent zone's registrar, by hand: a half-signed zone answers nobody.",
    owner,
    expires: "2027-05-31",
  },
  {
    judge: "checkov plan",
    rule: "CKV2_AWS_47",
    subjects: ["aws_cloudfront_distribution"],
    reason:
      "The distribution serves files out of a bucket; no program is behind it that a log4j rule set could protect.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_68",
    subjects: ["aws_cloudfront_distribution"],
    reason:
      "Static files behind origin access control; a firewall costs more than the site and has no request to inspect.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_86",
    subjects: ["aws_cloudfront_distribution"],
    reason:
      "Access logs are written by a log delivery (v2), which the rule does not know; rule AWS-CDN-005 asks for either.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_310",
    subjects: ["aws_cloudfront_distribution"],
    reason: "One regional bucket with versions is the origin; a second region is a decision of its own, with its cost.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_374",
    subjects: ["aws_cloudfront_distribution"],
    reason: "The sites are for customers everywhere.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV2_AWS_50",
    subjects: ["aws_elasticache_replication_group"],
    onlyUnprotected: true,
    reason:
      "A cache that is not protected may be away for a while; where the environment is protected rule AWS-ELC-004 asks for two zones.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV2_AWS_57",
    subjects: ["aws_secretsmanager_secret"],
    reason:
      "The values are keys that others give out, which no function of ours can ask for: the owning team puts a new one.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV2_AWS_62",
    subjects: ["aws_s3_bucket"],
    reason: "Nothing listens to the buckets; who wants to know of files subscribes for them.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_144",
    subjects: ["aws_s3_bucket"],
    reason:
      "Versions and a lifecycle keep what was overwritten; a second region is a decision of its own, with its cost.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_145",
    subjects: ["aws_s3_bucket.access-logs_store_bucket"],
    reason: "The services that deliver access logs write only with S3's own key.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_157",
    subjects: ["aws_db_instance"],
    onlyUnprotected: true,
    reason:
      "A database that is not protected may be away for a while; where the environment is protected rule AWS-RDS-007 asks for two zones.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_293",
    subjects: ["aws_db_instance"],
    onlyUnprotected: true,
    reason:
      "Databases that are not protected are made and thrown away; where the environment is protected rule AWS-RDS-006 asks for more.",
    owner,
    expires,
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_339",
    subjects: ["aws_eks_cluster"],
    reason: "The rule's list ends at Kubernetes 1.35; ours is newer, and on standard support (rule AWS-EKS-005).",
    owner,
    expires: "2027-05-31",
  },
  {
    judge: "checkov plan",
    rule: "CKV_AWS_385",
    subjects: ["aws_sns_topic_policy"],
    reason:
      "The principal is the topic's own account, which the rule cannot tell from another's; rule AWS-SNS-002 names who may.",
    owner,
    expires,
  },
  {
    judge: "checkov manifests",
    rule: "CKV_K8S_35",
    subjects: ["Deployment"],
    reason:
      "Services read their secrets from the environment, as the twelve-factor app does; no other process of the pod does (rule K8S-POD-010).",
    owner,
    expires,
  },
  {
    judge: "schemas",
    rule: "no-schema",
    subjects: ["LoadBalancerConfiguration", "TargetGroupConfiguration"],
    reason:
      "The project publishes its CRDs in no package; the fields are typed, and rule K8S-NET-007 judges the first.",
    owner,
    expires,
  },
];
