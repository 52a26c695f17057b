import { PavedError } from "./errors/paved-error";
import { hasToken } from "./literal";
import { shown } from "./shown";

interface NameRule {
  /** Longest allowed name, in characters. */
  readonly limit: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly allows: string;
}

const DNS_LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const DNS_LABEL_WORDS = "lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen";

/**
 * What each target accepts as a name, from its API reference: Kubernetes "Object Names and IDs" (RFC 1035 labels),
 * RDS `DBInstanceIdentifier` (no two hyphens in a row), IAM `RoleName`, EKS cluster `name`, ECR `repositoryName`,
 * EC2 `GroupName`, KMS `AliasName`, CloudWatch Logs `logGroupName`, SSM parameter `Name`, SQS `QueueName`, SNS topic
 * `Name`, S3 "Bucket naming rules", ElastiCache `ReplicationGroupId` and `UserId`, CloudFront function `Name`.
 */
export const NAME_RULES = {
  "Kubernetes name": { limit: 63, pattern: DNS_LABEL, allows: DNS_LABEL_WORDS },
  "RDS identifier": {
    limit: 63,
    pattern: /^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/,
    allows: `${DNS_LABEL_WORDS}, no two hyphens in a row`,
  },
  "RDS parameter group": {
    limit: 255,
    pattern: /^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/,
    allows: `${DNS_LABEL_WORDS}, no two hyphens in a row`,
  },
  "PostgreSQL name": {
    limit: 63,
    pattern: /^[a-z][a-z0-9_]*$/,
    allows: "lower-case letters, digits and underscores, starting with a letter",
  },
  "IAM role": { limit: 64, pattern: /^[\w+=,.@-]+$/, allows: "letters, digits and +=,.@_-" },
  "EKS cluster": {
    limit: 100,
    pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
    allows: "letters, digits, hyphens and underscores",
  },
  "EKS node group": {
    limit: 63,
    pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
    allows: "letters, digits, hyphens and underscores",
  },
  "ECR repository": {
    limit: 256,
    pattern: /^[a-z0-9]+([._/-][a-z0-9]+)*$/,
    allows: "lower-case letters and digits, parted by single ._-/",
  },
  "security group": {
    limit: 255,
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    allows: "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not starting with sg-",
  },
  "KMS alias": { limit: 256, pattern: /^alias\/(?!aws\/)[\w/-]+$/, allows: "alias/ and letters, digits, / _ -" },
  "log group": { limit: 512, pattern: /^[\w./#-]+$/, allows: "letters, digits and ._-/#" },
  "SSM parameter": { limit: 1011, pattern: /^\/(?!aws|ssm)[\w./-]+$/, allows: "a path of letters, digits and ._-" },
  "SQS queue": { limit: 80, pattern: /^[A-Za-z0-9_-]+$/, allows: "letters, digits, hyphens and underscores" },
  "SNS topic": { limit: 256, pattern: /^[A-Za-z0-9_-]+$/, allows: "letters, digits, hyphens and underscores" },
  // Without dots, though S3 allows them: a certificate for *.s3.amazonaws.com does not cover a name with one.
  "S3 bucket": {
    limit: 63,
    pattern: /^(?!xn--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    allows: "lower-case letters, digits and hyphens, not starting or ending with a hyphen",
  },
  "ElastiCache identifier": {
    limit: 40,
    pattern: /^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/,
    allows: `${DNS_LABEL_WORDS}, no two hyphens in a row`,
  },
  "CloudFront name": { limit: 64, pattern: /^[A-Za-z0-9_-]+$/, allows: "letters, digits, hyphens and underscores" },
  "secret name": { limit: 512, pattern: /^[\w/+=.@-]+$/, allows: "letters, digits and /_+=.@-" },
} as const satisfies Record<string, NameRule>;

/** A kind of thing that has a name with rules of its own. */
export type NameTarget = keyof typeof NAME_RULES;

/**
 * Checks a derived name against the rules of what will carry it.
 *
 * @param where the construct or file whose input the name is derived from
 * @throws PavedError PVD1006 too long, with the limit; PVD1007 characters; PVD1008 a value only known after apply
 */
export function checkName(target: NameTarget, name: string, where: string): string {
  const rule: NameRule = NAME_RULES[target];
  if (hasToken(name)) {
    throw new PavedError({
      code: "PVD1008",
      where,
      got: `a ${target} made from a value that is only known after apply`,
      want: "a literal name",
      fix: "write the name out, or derive it from the service and environment names",
    });
  }
  if (name.length > rule.limit) {
    throw new PavedError({
      code: "PVD1006",
      where,
      got: `${target} ${shown(name)} of ${name.length} characters`,
      want: `at most ${rule.limit}`,
      fix: `shorten the service or construct name by ${name.length - rule.limit}`,
    });
  }
  if (!rule.pattern.test(name)) {
    throw new PavedError({
      code: "PVD1007",
      where,
      got: `${target} ${shown(name)}`,
      want: rule.allows,
      fix: "rename it",
    });
  }
  return name;
}

/** Joins the parts with hyphens and checks the result, see {@link checkName}. */
export function deriveName(target: NameTarget, parts: readonly string[], where: string): string {
  return checkName(target, parts.join(target === "PostgreSQL name" ? "_" : "-"), where);
}
