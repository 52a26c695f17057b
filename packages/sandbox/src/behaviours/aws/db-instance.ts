import { awsRefusal, type Check, defineBehaviour, refers, unique } from "../define";
import type { Instance } from "../instance";
import { parameterFamilyOf, parametersFit } from "./db-parameter-family";
import { kmsKeyUsable } from "./kms-key";
import { GIVEN_GROUPS } from "./security-group-rule";

const WORDS = { doing: "creating RDS DB Instance", call: "RDS: CreateDBInstance" };
const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };

const identifierIsAllowed: Check = (it) => {
  const identifier = it.text("identifier");
  if (identifier === undefined || (/^[a-z](?!.*--)[a-z0-9-]{0,62}$/.test(identifier) && !identifier.endsWith("-")))
    return;
  const message = `The parameter DBInstanceIdentifier is not a valid identifier: ${identifier}`;
  const fix =
    "Use at most 63 lower case letters, digits and single hyphens, beginning with a letter and not ending with a hyphen.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix, path: "identifier" });
};

const hasPassword: Check = (it) => {
  const isRestored = it.text("replicate_source_db") ?? it.text("snapshot_identifier");
  const given = it.text("password") ?? it.number("password_wo_version");
  if (
    isRestored !== undefined ||
    it.prior !== undefined ||
    given !== undefined ||
    it.isTrue("manage_master_user_password")
  )
    return;
  const message = "The parameter MasterUserPassword must be provided";
  const fix = "Set manage_master_user_password to true, so that RDS keeps the password in Secrets Manager.";
  throw awsRefusal(it, { ...WORDS, code: "InvalidParameterValue", message, fix, path: "manage_master_user_password" });
};

const DELETING = { doing: "deleting RDS DB Instance", call: "RDS: DeleteDBInstance" };

const isUnprotected: Check = (it) => {
  if (!it.isTrue("deletion_protection")) return;
  const message = "Cannot delete protected DB Instance, please disable deletion protection and try again.";
  const fix = "Set deletion_protection to false and apply that first.";
  throw awsRefusal(it, { ...DELETING, code: "InvalidParameterCombination", message, fix, path: "deletion_protection" });
};

const hasFinalSnapshot: Check = (it) => {
  if (it.isTrue("skip_final_snapshot") || it.text("final_snapshot_identifier") !== undefined) return;
  const message = "final_snapshot_identifier is required when skip_final_snapshot is false";
  const fix = "Set final_snapshot_identifier, or skip_final_snapshot to true, and apply that first.";
  throw awsRefusal(it, {
    ...DELETING,
    code: "InvalidParameterCombination",
    message,
    fix,
    path: "final_snapshot_identifier",
  });
};

function masterUserSecret(it: Instance) {
  if (!it.isTrue("manage_master_user_password")) return [];
  const arn = it.arn("secretsmanager", `secret:rds!db-${it.uuid("secret")}-${it.hex(6, "secret")}`);
  const key = it.text("master_user_secret_kms_key_id") ?? it.arn("kms", "alias/aws/secretsmanager");
  return [{ kms_key_id: key, secret_arn: arn, secret_status: "active" }];
}

export const dbInstance = defineBehaviour({
  type: "aws_db_instance",
  id: (it) => `db-${it.capitals(26, "resource")}`,
  arn: (it) => it.arn("rds", `db:${it.text("identifier")}`),
  defaults: {
    allow_major_version_upgrade: false,
    auto_minor_version_upgrade: true,
    copy_tags_to_snapshot: false,
    delete_automated_backups: true,
    deletion_protection: false,
    iam_database_authentication_enabled: false,
    monitoring_interval: 0,
    performance_insights_enabled: false,
    publicly_accessible: false,
    skip_final_snapshot: false,
    storage_encrypted: false,
  },
  replaceOn: [
    "availability_zone",
    "character_set_name",
    "custom_iam_instance_profile",
    "db_name",
    "engine",
    "identifier_prefix",
    "kms_key_id",
    "nchar_character_set_name",
    "snapshot_identifier",
    "storage_encrypted",
    "timezone",
    "username",
  ],
  recompute: {
    engine_version_actual: ["engine_version"],
    master_user_secret: ["manage_master_user_password"],
    address: ["identifier"],
    endpoint: ["identifier", "port"],
    arn: ["identifier"],
  },
  computed: (it) => {
    const engine = it.text("engine") ?? "postgres";
    const port = it.number("port") ?? PORTS[engine] ?? 1521;
    const address = `${it.text("identifier")}.c${it.hex(11, "host")}.${it.place.region}.rds.amazonaws.com`;
    const version = it.text("engine_version") ?? "";
    return {
      address,
      allocated_storage: 20,
      availability_zone: `${it.place.region}a`,
      backup_retention_period: 0,
      backup_target: "region",
      backup_window: "03:00-03:30",
      ca_cert_identifier: "rds-ca-rsa2048-g1",
      database_insights_mode: "standard",
      db_subnet_group_name: "default",
      endpoint: `${address}:${port}`,
      engine_lifecycle_support: "open-source-rds-extended-support",
      engine_version_actual: version.includes(".") ? version : `${version}.1`,
      hosted_zone_id: "Z29XKXDKYMONMX",
      kms_key_id: it.isTrue("storage_encrypted") ? it.arn("kms", `key/${it.uuid("aws/rds")}`) : "",
      latest_restorable_time: "",
      license_model: engine === "postgres" ? "postgresql-license" : "general-public-license",
      listener_endpoint: [],
      maintenance_window: "sun:04:00-sun:04:30",
      master_user_secret: masterUserSecret(it),
      multi_az: false,
      network_type: "IPV4",
      option_group_name: `default:${engine}-${version.split(".")[0]}`,
      parameter_group_name: `default.${parameterFamilyOf(engine, version)}`,
      port,
      replicas: [],
      resource_id: it.id,
      status: "available",
      storage_type: "gp2",
      username: "",
      vpc_security_group_ids: [],
    };
  },
  validate: [identifierIsAllowed],
  checks: [
    hasPassword,
    refers("db_subnet_group_name", "aws_db_subnet_group", {
      ...WORDS,
      by: "name",
      code: "DBSubnetGroupNotFoundFault",
      message: (name) => `DB subnet group '${name}' does not exist.`,
    }),
    refers("vpc_security_group_ids", "aws_security_group", {
      ...WORDS,
      also: GIVEN_GROUPS,
      code: "InvalidParameterValue",
      message: (id) => `Invalid security group , groupId= ${id}, groupName=.`,
    }),
    (it) => (it.text("parameter_group_name")?.startsWith("default.") === true ? undefined : parameterGroupExists(it)),
    parametersFit,
    kmsKeyUsable("kms_key_id", { ...WORDS, doing: "creating RDS DB Instance" }),
    unique(["identifier"], { ...WORDS, code: "DBInstanceAlreadyExists", message: () => "DB instance already exists" }),
  ],
  canDelete: [isUnprotected, hasFinalSnapshot],
  importIds: (it) => [it.text("identifier") ?? ""],
});

const parameterGroupExists = refers("parameter_group_name", "aws_db_parameter_group", {
  ...WORDS,
  by: "name",
  code: "DBParameterGroupNotFound",
  message: (name) => `DBParameterGroup not found: ${name}`,
});
