/** PostgreSQL major versions that databases may run. RDS supports 16 until 2029-02 and 17 until 2030-02. */
export type PostgresVersion = "16" | "17";

/**
 * Major version of a new database. Only the major one: RDS takes the newest minor version (17.10 or later) at creation
 * and upgrades it in the maintenance window; naming a minor here would plan a downgrade the week after.
 */
export const DEFAULT_POSTGRES_VERSION: PostgresVersion = "17";

/** Certificate authority of the server's certificate, valid until 2061 (RDS user guide, "Certificate authorities"). */
export const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";
