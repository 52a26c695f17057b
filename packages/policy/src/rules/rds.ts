import { attributeRule, one } from "../rule/attribute-rule";
import {
  at,
  attached,
  blocks,
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
import { type ResourceRule, resourceRule, type ResourceSubject } from "../rule/rule";

const INSTANCE = "aws_db_instance";

/** The value that a database's parameter group gives a parameter; nothing when it is not said. */
function parameter(subject: ResourceSubject, name: string): string | undefined {
  const groups = subject.siblings("aws_db_parameter_group");
  const named = groups.filter((group) => attached(group, INSTANCE, "parameter_group_name", "name").some(isSubject));
  const found = named.flatMap(({ attributes }) => blocks(attributes["parameter"])).find((one) => one["name"] === name);
  return found === undefined ? undefined : String(found["value"]);

  function isSubject({ address }: ResourceSubject): boolean {
    return address === subject.address;
  }
}

/** A database whose parameter group says this, for examples. */
function withParameter(name: string, value: string): ResourceRule["fails"] {
  return {
    aws_db_instance: { example: { parameter_group_name: "${aws_db_parameter_group.example.name}" } },
    aws_db_parameter_group: { example: { name: "orders", parameter: [{ name, value }] } },
  };
}

/** Rules on databases. */
export const rdsRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-RDS-001",
    title: "A database has no public address",
    severity: "critical",
    source: "Security Hub RDS.2; CKV_AWS_17",
    why: "A database on the internet is found within minutes, and tried for ever.",
    want: "publicly_accessible false, and a subnet group of the network's own",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { publicly_accessible: isFalse, db_subnet_group_name: isSet },
    fails: { publicly_accessible: true, db_subnet_group_name: "orders" },
    passes: { publicly_accessible: false, db_subnet_group_name: "orders" },
  }),
  attributeRule({
    id: "AWS-RDS-002",
    title: "A database is encrypted with an own key",
    severity: "high",
    source: "Security Hub RDS.3; CKV_AWS_16; CKV_AWS_327",
    why: "A copy of a disk without encryption is a copy of the data; with a shared key nobody can take it back.",
    want: "storage_encrypted true and a kms_key_id",
    fix: "make the database with Database, which brings its key",
    type: INSTANCE,
    demands: { storage_encrypted: isTrue, kms_key_id: isSet },
    fails: { storage_encrypted: true },
    passes: { storage_encrypted: true, kms_key_id: "${aws_kms_key.database.arn}" },
  }),
  resourceRule({
    id: "AWS-RDS-003",
    title: "Nobody knows a database's master password",
    severity: "critical",
    source: "Security Hub RDS.25 and SecretsManager.1; guardrails on state: secrets are never in state",
    why: "A password in the JSON is in the plan, the state and every copy of them.",
    want: "manage_master_user_password true with an own key, and no password",
    fix: "make the database with Database: RDS makes the password, keeps it in Secrets Manager and rotates it",
    judges: [INSTANCE, "aws_rds_cluster"],
    check: ({ attributes }) => [
      ...unless(!isSet(attributes["password"]) && !isSet(attributes["master_password"]), "a password"),
      ...unless(isTrue(attributes["manage_master_user_password"]), "manage_master_user_password is not true"),
      ...unless(isSet(attributes["master_user_secret_kms_key_id"]), "no master_user_secret_kms_key_id"),
    ],
    fails: one(INSTANCE, { password: "${var.password}" }),
    passes: one(INSTANCE, {
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
  attributeRule({
    id: "AWS-RDS-005",
    title: "A database is backed up for a week or more",
    severity: "high",
    source: "Security Hub RDS.11; CKV_AWS_133",
    why: "A fault that is found on Monday was made on Friday.",
    want: "backup_retention_period of 7 or more",
    fix: "leave the backups as Database sets them",
    type: INSTANCE,
    demands: { backup_retention_period: isAtLeast(7) },
    fails: { backup_retention_period: 1 },
    passes: { backup_retention_period: 7 },
  }),
  resourceRule({
    id: "AWS-RDS-006",
    title: "A protected database cannot be deleted by mistake",
    severity: "high",
    source: "Security Hub RDS.8; CKV_AWS_293",
    why: "One wrong plan, approved in a hurry, and the data is gone.",
    want: "deletion_protection and prevent_destroy where the environment is protected, and a final snapshot",
    fix: "protect it with the environment's protection",
    judges: [INSTANCE],
    appliesTo: ({ environment }) => environment.protected,
    check: ({ attributes }) => [
      ...unless(isTrue(attributes["deletion_protection"]), "deletion_protection is not true"),
      ...unless(isTrue(at(attributes, "lifecycle.prevent_destroy")), "prevent_destroy is not true"),
      ...unless(isNotTrue(attributes["skip_final_snapshot"]), "skip_final_snapshot is true"),
      ...unless(isSet(attributes["final_snapshot_identifier"]), "no final_snapshot_identifier"),
      ...unless(isFalse(attributes["delete_automated_backups"]), "delete_automated_backups is not false"),
    ],
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
  resourceRule({
    id: "AWS-RDS-008",
    title: "A database speaks TLS alone",
    severity: "high",
    source: "CKV2_AWS_69; RDS user guide, rds.force_ssl",
    why: "What travels in plain text can be read by whoever gets into the network.",
    want: "rds.force_ssl 1 in the parameter group",
    fix: "make the database with Database",
    judges: [INSTANCE],
    check: (subject) => {
      const value = parameter(subject, "rds.force_ssl");
      return unless(value === "1", `rds.force_ssl is ${shown(value)}`);
    },
    fails: withParameter("rds.force_ssl", "0"),
    passes: withParameter("rds.force_ssl", "1"),
  }),
  attributeRule({
    id: "AWS-RDS-009",
    title: "A database's logs leave it",
    severity: "medium",
    source: "Security Hub RDS.9; CKV_AWS_129",
    why: "Logs on the instance are gone with the instance, and nobody watches them there.",
    want: "enabled_cloudwatch_logs_exports with postgresql",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { enabled_cloudwatch_logs_exports: (value) => texts(value).includes("postgresql") },
    fails: { enabled_cloudwatch_logs_exports: [] },
    passes: { enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"] },
  }),
  resourceRule({
    id: "AWS-RDS-010",
    title: "A database says who changed its tables, and which queries were slow",
    severity: "low",
    source: "CKV2_AWS_30; Security Hub RDS.36",
    why: "Without them an incident starts with guessing.",
    want: "log_statement ddl, mod or all and log_min_duration_statement in the parameter group",
    fix: "make the database with Database",
    judges: [INSTANCE],
    check: (subject) => {
      const statements = parameter(subject, "log_statement");
      const slow = parameter(subject, "log_min_duration_statement");
      return [
        ...unless(["ddl", "mod", "all"].includes(statements ?? ""), `log_statement is ${shown(statements)}`),
        ...unless(isAtLeast(0)(slow), `log_min_duration_statement is ${shown(slow)}`),
      ];
    },
    fails: withParameter("log_statement", "ddl"),
    passes: {
      aws_db_instance: { example: { parameter_group_name: "orders" } },
      aws_db_parameter_group: {
        example: {
          name: "orders",
          parameter: [
            { name: "log_statement", value: "ddl" },
            { name: "log_min_duration_statement", value: "1000" },
          ],
        },
      },
    },
  }),
  attributeRule({
    id: "AWS-RDS-011",
    title: "A database shows what it waits for, under an own key",
    severity: "low",
    source: "CKV_AWS_353; CKV_AWS_354; cdk-nag RDS checks",
    why: "Observability is never abstracted: without it nobody can see which query is the load.",
    want: "performance_insights_enabled true with a key",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { performance_insights_enabled: isTrue, performance_insights_kms_key_id: isSet },
    fails: { performance_insights_enabled: false },
    passes: { performance_insights_enabled: true, performance_insights_kms_key_id: "${aws_kms_key.database.arn}" },
  }),
  attributeRule({
    id: "AWS-RDS-012",
    title: "A database's machine is measured",
    severity: "low",
    source: "Security Hub RDS.6; CKV_AWS_118",
    why: "Averages over five minutes hide what stopped the service for one.",
    want: "monitoring_interval of 60 seconds or fewer, and not 0",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { monitoring_interval: isOneOf(1, 5, 10, 15, 30, 60), monitoring_role_arn: isSet },
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
