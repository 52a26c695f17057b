import { asText } from "./attributes";
import type { EnvironmentEntry } from "@paved/model";
import type { ResourceSubject } from "./rule";

type Place = Pick<ResourceSubject, "environment">;

const CONTRACT =
  /^\$\{(?:lookup\()?jsondecode\(data\.aws_ssm_parameter\.contract-[\w-]+\.insecure_value\)(?:\.(\w+)|, "(\w+)", \[\]\))\}$/;

/** Which fact of a contract a value is, for example `accessLogsBucket`; nothing when it is none. */
export function publishedFact(value: unknown): string | undefined {
  const [, field, listed] = CONTRACT.exec(asText(value)) ?? [];
  return field ?? listed;
}

/** Whether a value is an attribute of a resource of this type in the same stack, and nothing besides. */
export function isOf(value: unknown, type: string): boolean {
  return new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.\\w+\\}$`).test(asText(value));
}

/** Whether a value is the name of a namespace that the same stack makes, by reference. */
export function isOwnNamespace(value: unknown): boolean {
  return /^\$\{kubernetes_namespace_v1\.[\w-]+\.metadata\[0\]\.name\}$/.test(asText(value));
}

/** Whether a value is a list of such attributes, one or more. */
export function areOf(type: string): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length > 0 && value.every((each) => isOf(each, type));
}

/**
 * Whether a value names a thing of the account and of no other: a resource of the stack, a fact of a contract, or an ARN
 * that has the environment's account in its first group.
 */
function isOwn(value: unknown, type: string, { account }: EnvironmentEntry, arn: RegExp): boolean {
  return isOf(value, type) || publishedFact(value) !== undefined || arn.exec(asText(value))?.[1] === account;
}

/** Whether a value names a key of the account; AWS's own (`alias/aws/…`) are everybody's. */
export function isOwnKey(value: unknown, { environment }: Place): boolean {
  return isOwn(value, "aws_kms_key", environment, /^arn:aws:kms:[a-z0-9-]+:(\d{12}):key\/[\w-]+$/);
}

/** Whether a value names a queue of the account. */
export function isOwnQueue(value: unknown, { environment }: Place): boolean {
  return isOwn(value, "aws_sqs_queue", environment, /^arn:aws:sqs:[a-z0-9-]+:(\d{12}):[\w-]+$/);
}

/** Whether a value names a topic of the account. */
export function isOwnTopic(value: unknown, { environment }: Place): boolean {
  return isOwn(value, "aws_sns_topic", environment, /^arn:aws:sns:[a-z0-9-]+:(\d{12}):[\w-]+$/);
}

/** Whether a value is the name of the bucket that the environment's access logs are kept in. */
export function isAccessLogs(value: unknown, { environment: { name, account } }: Place): boolean {
  return value === `paved-${name}-access-logs-${account}` || publishedFact(value) === "accessLogsBucket";
}
