import { attributeRule, one } from "../rule/attribute-rule";
import {
  asText,
  demand,
  demandKept,
  isAtLeast,
  isFalse,
  isNotTrue,
  isOneOf,
  isSet,
  isTrue,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { isOf, isOwnKey } from "../rule/own";
import { type ResourceRule, resourceRule } from "../rule/rule";

const INSTANCE = "aws_db_instance";

/** Attributes that a password is written into; the write-only ones are in the configuration all the same. */
const PASSWORDS = ["password", "password_wo", "master_password", "master_password_wo"];

/** Names that whoever tries passwords begins with. */
const WELL_KNOWN =
  /^(postgres(ql)?|admin(istrator)?|root|master|sa|dba|db_?(admin|user|owner)|user|owner|test|app|rds\w*|pg\w*)$/i;

/** Rules on databases. */
export const rdsRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-RDS-001",
    title: "A database has no public address",
    severity: "critical",
    source: "Security Hub RDS.2; CKV_AWS_17",
    why: "A database on the internet is found within minutes, and tried for ever.",
    want: "publicly_accessible false; AWS-VPC-003 says in which subnets and behind which firewall",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { publicly_accessible: isFalse },
    fails: { publicly_accessible: true },
    passes: { publicly_accessible: false },
  }),
  attributeRule({
    id: "AWS-RDS-002",
    title: "A database is encrypted with an own key",
    severity: "high",
    source: "Security Hub RDS.3; CKV_AWS_16; CKV_AWS_327",
    why: "A copy of a disk without encryption is a copy of the data; with a shared key nobody can take it back.",
    want: "storage_encrypted true and a kms_key_id of the account's own",
    fix: "make the database with Database, which brings its key",
    type: INSTANCE,
    demands: { storage_encrypted: isTrue, kms_key_id: isOwnKey },
    fails: { storage_encrypted: true, kms_key_id: "alias/aws/rds" },
    passes: { storage_encrypted: true, kms_key_id: "${aws_kms_key.database.arn}" },
  }),
  resourceRule({
    id: "AWS-RDS-003",
    title: "Nobody knows a database's master password",
    severity: "critical",
    source: "Security Hub RDS.25 and SecretsManager.1; guardrails on state: secrets are never in state",
    why: "A password in the JSON is in the plan, the state and every copy of them.",
    want: "manage_master_user_password true with an own key, no password, and a username that nobody tries first",
    fix: "make the database with Database: RDS makes the password, keeps it in Secrets Manager and rotates it",
    judges: [INSTANCE, "aws_rds_cluster"],
    check: (subject) => {
      const { attributes } = subject;
      const key = attributes["master_user_secret_kms_key_id"];
      const user = attributes["username"] ?? attributes["master_username"];
      return [
        ...PASSWORDS.filter((name) => isSet(attributes[name])).map((name) => ({ got: `a ${name}` })),
        ...unless(isTrue(attributes["manage_master_user_password"]), "manage_master_user_password is not true"),
        ...unless(isOwnKey(key, subject), `master_user_secret_kms_key_id is ${shown(key)}`),
        ...unless(isSet(user) && !WELL_KNOWN.test(asText(user)), `username is ${shown(user)}`),
      ];
    },
    fails: one(INSTANCE, { password: "${var.password}" }),
    passes: one(INSTANCE, {
      username: "paved_master",
      manage_master_user_password: true,
      master_user_secret_kms_key_id: "${aws_kms_key.database.arn}",
    }),
  }),
  attributeRule({
    id: "AWS-RDS-004",
    title: "Services enter a database as themselves",
    severity: "medium",
    source: "Security Hub RDS.10; CKV_AWS_161",
    why: "Without IAM authentication every service needs a password that has to be kept, spread and rotated.",
    want: "iam_database_authentication_enabled true",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { iam_database_authentication_enabled: isTrue },
    fails: { identifier: "orders" },
    passes: { iam_database_authentication_enabled: true },
  }),
  resourceRule({
    id: "AWS-RDS-005",
    title: "A database is backed up for a week or more, and for a month where it counts",
    severity: "high",
    source: "Security Hub RDS.11; CKV_AWS_133",
    why: "A fault that is found on Monday was made on Friday, and one of the month's end is found in the next.",
    want: "backup_retention_period of 7 or more, and of 30 or more where the environment is protected",
    fix: "leave the backups as Database sets them",
    judges: [INSTANCE],
    check: ({ attributes, environment }) =>
      demand(attributes, "backup_retention_period", isAtLeast(environment.protected ? 30 : 7)),
    fails: one(INSTANCE, { backup_retention_period: 7 }),
    passes: one(INSTANCE, { backup_retention_period: 35 }),
  }),
  resourceRule({
    id: "AWS-RDS-006",
    title: "A protected database cannot be deleted by mistake",
    severity: "high",
    source: "Security Hub RDS.8; CKV_AWS_293",
    why: "One wrong plan, approved in a hurry, and the data is gone.",
    want: "where the environment is protected deletion_protection and prevent_destroy, a final snapshot with its name, and delete_automated_backups false",
    fix: "protect it with the environment's protection",
    judges: [INSTANCE],
    appliesTo: ({ environment }) => environment.protected,
    check: (database) => {
      const { attributes } = database;
      return [
        ...unless(isTrue(attributes["deletion_protection"]), "deletion_protection is not true"),
        ...demandKept(database),
        ...unless(isNotTrue(attributes["skip_final_snapshot"]), "skip_final_snapshot is true"),
        ...unless(isSet(attributes["final_snapshot_identifier"]), "no final_snapshot_identifier"),
        ...unless(isFalse(attributes["delete_automated_backups"]), "delete_automated_backups is not false"),
      ];
    },
    fails: one(INSTANCE, { deletion_protection: false }),
    passes: one(INSTANCE, {
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
      final_snapshot_identifier: "orders-final",
      delete_automated_backups: false,
    }),
  }),
  resourceRule({
    id: "AWS-RDS-007",
    title: "A protected database stands in two zones",
    severity: "medium",
    source: "Security Hub RDS.5; CKV_AWS_157",
    why: "A zone fails about once a year; a database in one zone fails with it.",
    want: "multi_az true where the environment is protected",
    fix: "leave the zones as Database sets them",
    judges: [INSTANCE],
    check: ({ attributes, environment }) =>
      unless(!environment.protected || isTrue(attributes["multi_az"]), "multi_az is not true"),
    fails: one(INSTANCE, { multi_az: false }),
    passes: one(INSTANCE, { multi_az: true }),
  }),
  attributeRule({
    id: "AWS-RDS-009",
    title: "A database's logs leave it",
    severity: "medium",
    source: "Security Hub RDS.9; CKV_AWS_129",
    why: "Logs on the instance are gone with the instance, and nobody watches them there.",
    want: "enabled_cloudwatch_logs_exports with postgresql and upgrade",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: {
      enabled_cloudwatch_logs_exports: (value) => ["postgresql", "upgrade"].every((log) => texts(value).includes(log)),
    },
    fails: { enabled_cloudwatch_logs_exports: ["upgrade"] },
    passes: { enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"] },
  }),
  attributeRule({
    id: "AWS-RDS-011",
    title: "A database shows what it waits for, under an own key",
    severity: "low",
    source: "CKV_AWS_353; CKV_AWS_354; cdk-nag RDS checks",
    why: "Observability is never abstracted: without it nobody can see which query is the load.",
    want: "performance_insights_enabled true with a key of the account's own",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { performance_insights_enabled: isTrue, performance_insights_kms_key_id: isOwnKey },
    fails: { performance_insights_enabled: false },
    passes: { performance_insights_enabled: true, performance_insights_kms_key_id: "${aws_kms_key.database.arn}" },
  }),
  attributeRule({
    id: "AWS-RDS-012",
    title: "A database's machine is measured",
    severity: "low",
    source: "Security Hub RDS.6; CKV_AWS_118",
    why: "Averages over five minutes hide what stopped the service for one.",
    want: "monitoring_interval of 60 seconds or fewer, and not 0, by a role of the stack",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: {
      monitoring_interval: isOneOf(1, 5, 10, 15, 30, 60),
      monitoring_role_arn: (arn) => isOf(arn, "aws_iam_role"),
    },
    fails: { monitoring_interval: 0 },
    passes: { monitoring_interval: 60, monitoring_role_arn: "${aws_iam_role.monitoring.arn}" },
  }),
  attributeRule({
    id: "AWS-RDS-013",
    title: "A database takes small upgrades by itself, and large ones never",
    severity: "medium",
    source: "Security Hub RDS.13; CKV_AWS_226",
    why: "Fixes of security holes come as minor versions; a major version breaks what was not tried.",
    want: "auto_minor_version_upgrade true and allow_major_version_upgrade not true",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { auto_minor_version_upgrade: isTrue, allow_major_version_upgrade: isNotTrue },
    fails: { auto_minor_version_upgrade: false },
    passes: { auto_minor_version_upgrade: true },
  }),
  attributeRule({
    id: "AWS-RDS-014",
    title: "Snapshots carry the tags of their database",
    severity: "low",
    source: "Security Hub RDS.16; CKV2_AWS_60",
    why: "A snapshot without tags has no owner and no cost centre.",
    want: "copy_tags_to_snapshot true",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { copy_tags_to_snapshot: isTrue },
    fails: { identifier: "orders" },
    passes: { copy_tags_to_snapshot: true },
  }),
  attributeRule({
    id: "AWS-RDS-015",
    title: "A database shows a certificate that clients can verify",
    severity: "medium",
    source: "CKV_AWS_211; RDS user guide, certificate authorities",
    why: "A certificate of an authority that ends makes clients turn verification off.",
    want: "ca_cert_identifier of the current authorities, rds-ca-…-g1",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { ca_cert_identifier: isOneOf("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1") },
    fails: { ca_cert_identifier: "rds-ca-2019" },
    passes: { ca_cert_identifier: "rds-ca-rsa2048-g1" },
  }),
  resourceRule({
    id: "AWS-RDS-016",
    title: "Databases are single instances of PostgreSQL that Database makes",
    severity: "medium",
    source: "Paved: what the rules do not know they do not judge",
    why: "No rule here knows Aurora clusters or other engines, so nothing would be checked.",
    want: "an aws_db_instance with engine postgres",
    fix: "use Database, or bring rules for the engine first",
    judges: [INSTANCE, "aws_rds_cluster", "aws_rds_global_cluster", "aws_docdb_cluster", "aws_neptune_cluster"],
    check: ({ type, attributes }) =>
      unless(
        type === INSTANCE && attributes["engine"] === "postgres",
        `${type} with engine ${shown(attributes["engine"])}`,
      ),
    fails: one("aws_rds_cluster", { engine: "aurora-mysql" }),
    passes: one(INSTANCE, { engine: "postgres" }),
  }),
];
