import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { EncryptionKey } from "../encryption-key/encryption-key";
import { CERTIFICATE_AUTHORITY } from "./versions";

/** Port of every database. */
export const PORT = 5432;

/** Logs that PostgreSQL on RDS can export. */
export const LOG_KINDS = ["postgresql", "upgrade"];

/** What every database has, whatever its size and environment. */
export const ALWAYS = {
  engine: "postgres",
  // Past standard support RDS upgrades it, instead of billing for extended support.
  engineLifecycleSupport: "open-source-rds-extended-support-disabled",
  autoMinorVersionUpgrade: true,
  allowMajorVersionUpgrade: false,
  applyImmediately: false,
  backupWindow: "02:00-03:00",
  maintenanceWindow: "sun:03:30-sun:04:30",
  copyTagsToSnapshot: true,
  deleteAutomatedBackups: false,
  skipFinalSnapshot: false,
  storageType: "gp3",
  publiclyAccessible: false,
  port: PORT,
  username: "paved_master",
  manageMasterUserPassword: true,
  iamDatabaseAuthenticationEnabled: true,
  caCertIdentifier: CERTIFICATE_AUTHORITY,
  performanceInsightsEnabled: true,
  performanceInsightsRetentionPeriod: 7,
  monitoringInterval: 60,
  enabledCloudwatchLogsExports: LOG_KINDS,
} satisfies Partial<DbInstanceConfig>;

/** Data, snapshots, insights and the master password, all encrypted with the one key. */
export function encryptedWith(key: EncryptionKey): Partial<DbInstanceConfig> {
  return {
    storageEncrypted: true,
    kmsKeyId: key.arn,
    masterUserSecretKmsKeyId: key.keyId,
    performanceInsightsKmsKeyId: key.arn,
  };
}
