import { one } from "./attribute-rule";
import { eachStatement } from "./policy-checks";
import type { Statement } from "./policy-document";
import {
  type Attributes,
  type ResourceRule,
  resourceRule,
  type Resources,
  type ResourceSubject,
  type Violation,
} from "./rule";

/** Types of policies that say what a role may do. */
export const IDENTITY_POLICIES = [
  "aws_iam_policy",
  "aws_iam_role_policy",
  "aws_iam_group_policy",
  "aws_iam_user_policy",
];

/** Types of policies that say who may reach a thing, and of roles, who may take them. */
export const RESOURCE_POLICIES = [
  "aws_sqs_queue_policy",
  "aws_sns_topic_policy",
  "aws_secretsmanager_secret_policy",
  "aws_s3_bucket_policy",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_iam_role",
  "aws_ecr_repository_policy",
  "aws_ecr_registry_policy",
  "aws_dynamodb_resource_policy",
  "aws_cloudwatch_event_bus_policy",
  "aws_backup_vault_policy",
];

/** Attributes that hold a policy, by resource type; of the others it is `policy`. */
const POLICY_IN: Readonly<Record<string, string>> = { aws_iam_role: "assume_role_policy" };

/** The policy that a resource of one of these types has. */
export function policyOf(type: string, attributes: Attributes): unknown {
  return attributes[POLICY_IN[type] ?? "policy"];
}

/** A resource with a policy of one statement, for examples. */
export function policyExample(type: string, statement: object): Resources {
  return one(type, {
    [POLICY_IN[type] ?? "policy"]: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
}

/** A rule on the statements that allow something in policies of these types. */
export function permissionRule(
  text: Omit<ResourceRule, "on" | "check" | "fails" | "passes">,
  wrong: (statement: Statement, subject: ResourceSubject) => string | undefined,
  fails: object,
  passes: object,
): ResourceRule {
  const [type = ""] = text.judges;
  return resourceRule({
    ...text,
    check: (subject): readonly Violation[] =>
      eachStatement(policyOf(subject.type, subject.attributes), (each) =>
        each.allows ? wrong(each, subject) : undefined,
      ),
    fails: policyExample(type, { Effect: "Allow", ...fails }),
    passes: policyExample(type, { Effect: "Allow", ...passes }),
  });
}
