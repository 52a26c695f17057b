/** Resources whose ARN AWS makes, in the account it makes them in; of others an ARN may be whatever somebody wrote. */
const WITH_ARN = [
  "cloudfront_distribution",
  "cloudwatch_log_group",
  "db_instance",
  "dynamodb_table",
  "ecr_repository",
  "eks_cluster",
  "elasticache_replication_group",
  "iam_policy",
  "iam_role",
  "kms_key",
  "s3_bucket",
  "secretsmanager_secret",
  "sns_topic",
  "sqs_queue",
].join("|");

const OWN = [
  String.raw`aws_(?:${WITH_ARN})\.[\w-]+\.arn`,
  String.raw`aws_(?:vpc|vpc_endpoint)\.[\w-]+\.id`,
  String.raw`aws_db_instance\.[\w-]+\.(?:resource_id|master_user_secret\[0\]\.secret_arn)`,
  String.raw`aws_eks_cluster\.[\w-]+\.name`,
  String.raw`jsondecode\(data\.aws_ssm_parameter\.contract-[a-z0-9-]+-v\d+\.insecure_value\)\.\w+`,
].join("|");

/**
 * What is filled in when a stack is applied, and by nobody else: what AWS calls one of its own resources, or a fact that
 * another stack published. Anything else in a template may come to a wildcard, or to something of somebody else's.
 */
const REFERENCE = new RegExp(String.raw`\$\{(?:${OWN})\}`, "g");

/** Stands for a reference: no wildcard, and in no ARN by itself. */
const REFERRED = "(reference)";

/** An Amazon Resource Name by its parts; templates that are no references are wildcards. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The text without templates: a reference has no wildcard in it, whatever else AWS or OpenTofu fills in may be one. */
function filledIn(text: string): string {
  return text.replaceAll(REFERENCE, REFERRED).replaceAll(/[$%]+\{.*\}/gs, "*");
}

/** Whether a text is a reference and nothing else. */
export function isReference(text: string): boolean {
  return filledIn(text) === REFERRED;
}

/** Whether a text begins with a reference: `${aws_s3_bucket.files.arn}/*`. */
export function beginsWithReference(text: string): boolean {
  return filledIn(text).startsWith(REFERRED);
}

/** The ARN that a text is, or nothing when it is none. */
export function arnOf(text: string): Arn | undefined {
  const [scheme, partition, service, region, account, ...resource] = filledIn(text).split(":");
  if (scheme !== "arn" || partition === undefined || service === undefined) return undefined;
  if (region === undefined || account === undefined || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** Whether IAM matches more than one text by this one. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(filledIn(text));
}

/** Whether a text names an account, or something in it: its id, an ARN with its id, or a reference. */
export function isOfAccount(text: string, account: string): boolean {
  return isReference(text) || text === account || arnOf(text)?.account === account;
}
