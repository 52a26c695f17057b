import { attributeRule, one } from "../rule/attribute-rule";
import { asNumber, asText, isNotTrue, isOneOf, isSet, shown, unless } from "../rule/attributes";
import { type ResourceRule, resourceRule } from "../rule/rule";

const INSTANCE = "aws_db_instance";

/** Oldest major version that databases run; what is older leaves standard support within the year. */
const OLDEST_MAJOR = 16;

function isSupported(version: unknown): boolean {
  const [, major] = /^(\d+)(?:\.\d+)?$/.exec(asText(version)) ?? [];
  return asNumber(major) >= OLDEST_MAJOR;
}

/** Rules on how databases change, and on where copies of them go. */
export const rdsLifeRules: readonly ResourceRule[] = [
  attributeRule({
    id: "AWS-RDS-017",
    title: "A database is of a version that is supported, and is not kept on one that is not",
    severity: "medium",
    source: "RDS user guide, Amazon RDS Extended Support; release calendar of RDS for PostgreSQL",
    why: "An old version gets its fixes late, and on extended support is billed by the hour and core.",
    want: `engine_version ${OLDEST_MAJOR} or later, and engine_lifecycle_support open-source-rds-extended-support-disabled`,
    fix: "make the database with Database, and upgrade it in time",
    type: INSTANCE,
    demands: {
      engine_version: isSupported,
      engine_lifecycle_support: isOneOf("open-source-rds-extended-support-disabled"),
    },
    fails: { engine_version: "12", engine_lifecycle_support: "open-source-rds-extended-support" },
    passes: { engine_version: "17", engine_lifecycle_support: "open-source-rds-extended-support-disabled" },
  }),
  resourceRule({
    id: "AWS-RDS-018",
    title: "No copy of a database goes to another account",
    severity: "critical",
    source: "Security Hub RDS.1; RDS user guide, sharing a DB snapshot",
    why: "A shared snapshot is the whole of the data, past every user, firewall and log of the database.",
    want: "no shared_accounts of a snapshot, and no export of one",
    fix: "let who needs data read it as a user of the database",
    judges: [
      "aws_db_snapshot",
      "aws_db_snapshot_copy",
      "aws_db_cluster_snapshot",
      "aws_rds_cluster_snapshot_copy",
      "aws_rds_export_task",
    ],
    check: ({ type, attributes }) =>
      type === "aws_rds_export_task"
        ? [{ got: `an export to ${shown(attributes["s3_bucket_name"])}` }]
        : unless(!isSet(attributes["shared_accounts"]), `shared_accounts is ${shown(attributes["shared_accounts"])}`),
    fails: one("aws_db_snapshot", { db_instance_identifier: "orders-dev", shared_accounts: ["all"] }),
    passes: one("aws_db_snapshot", { db_instance_identifier: "orders-dev" }),
  }),
  attributeRule({
    id: "AWS-RDS-019",
    title: "A database changes in its window",
    severity: "medium",
    source: "AWS provider, aws_db_instance apply_immediately; RDS user guide, DB instance maintenance",
    why: "A change of class or parameters restarts the database: at once means in the middle of the day.",
    want: "apply_immediately not true, a maintenance_window and a backup_window",
    fix: "make the database with Database",
    type: INSTANCE,
    demands: { apply_immediately: isNotTrue, maintenance_window: isSet, backup_window: isSet },
    fails: { apply_immediately: true },
    passes: { maintenance_window: "sun:03:30-sun:04:30", backup_window: "02:00-03:00" },
  }),
];
