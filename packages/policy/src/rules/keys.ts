import { one } from "../rule/attribute-rule";
import { demandKept, isSet, isTrue, shown, unless } from "../rule/attributes";
import { policyExample } from "../rule/permission-rule";
import { admitsNobodyUnknown } from "../rule/policy-checks";
import { statementsOf } from "../rule/policy-document";
import { type ResourceRule, resourceRule } from "../rule/rule";

/** Rules on keys. */
export const keyRules: readonly ResourceRule[] = [
  resourceRule({
    id: "AWS-KMS-002",
    title: "A key belongs to its account",
    severity: "critical",
    source: "CKV_AWS_33; Security Hub KMS.5",
    why: "A key that anybody may use protects nothing.",
    want: "no statement that allows a principal outside the account, or any without saying whose",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key", "aws_kms_key_policy"],
    check: admitsNobodyUnknown,
    fails: policyExample("aws_kms_key", { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
    passes: policyExample("aws_kms_key", {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "kms:*",
      Resource: "*",
    }),
  }),
  resourceRule({
    id: "AWS-KMS-001",
    title: "A key is renewed every year",
    severity: "medium",
    source: "Security Hub KMS.4; CKV_AWS_7",
    why: "What was encrypted for years with one key falls with it.",
    want: "enable_key_rotation true",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key"],
    check: ({ attributes }) => unless(attributes["enable_key_rotation"] === true, "enable_key_rotation is not true"),
    fails: one("aws_kms_key", { description: "Orders" }),
    passes: one("aws_kms_key", { enable_key_rotation: true }),
  }),
  resourceRule({
    id: "AWS-KMS-003",
    title: "A key has a policy of its own, which its account can change",
    severity: "medium",
    source: "CKV2_AWS_64; KMS developer guide, default key policy",
    why: "Without the account in its policy a key can lock everybody out for ever.",
    want: "a policy that allows kms:* to the account's root, and no bypass_policy_lockout_safety_check",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key"],
    check: ({ attributes, environment }) => {
      const statements = statementsOf(attributes["policy"]) ?? [];
      const account = `arn:aws:iam::${environment.account}:root`;
      const own = statements.some(
        ({ allows, actions, principals, conditions }) =>
          allows &&
          conditions.length === 0 &&
          actions.includes("kms:*") &&
          principals.some(([, value]) => value === account),
      );
      return [
        ...unless(own, "no statement for the account"),
        ...unless(!isSet(attributes["bypass_policy_lockout_safety_check"]), "bypass_policy_lockout_safety_check"),
      ];
    },
    fails: one("aws_kms_key", { enable_key_rotation: true }),
    passes: policyExample("aws_kms_key", {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "kms:*",
      Resource: "*",
    }),
  }),
  resourceRule({
    id: "AWS-KMS-004",
    title: "A key waits before it is gone",
    severity: "high",
    source: "Security Hub KMS.3; CKV_AWS_227",
    why: "With the key goes all that it encrypted, backups included.",
    want: "deletion_window_in_days of 7 or more, is_enabled true or not said, and prevent_destroy where the environment is protected",
    fix: "make the key with EncryptionKey",
    judges: ["aws_kms_key"],
    check: (key) => {
      const { attributes } = key;
      const days = attributes["deletion_window_in_days"];
      return [
        ...unless(typeof days === "number" && days >= 7, `deletion_window_in_days is ${shown(days)}`),
        ...unless(
          attributes["is_enabled"] === undefined || isTrue(attributes["is_enabled"]),
          `is_enabled is ${shown(attributes["is_enabled"])}`,
        ),
        ...demandKept(key),
      ];
    },
    fails: one("aws_kms_key", { enable_key_rotation: true }),
    passes: one("aws_kms_key", { deletion_window_in_days: 30, lifecycle: { prevent_destroy: true } }),
  }),
];
