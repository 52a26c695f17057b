import type { WorkloadIdentity } from "../workload-identity/workload-identity";

/** What may be granted access to a database: a workload with an identity, settings and a way out of its network policy. */
export interface DatabaseClient {
  /** The pods' cloud identity. */
  readonly identity: WorkloadIdentity;
  /** Publishes a fact to the workload's ConfigMap. */
  provide(key: string, value: string): void;
  /** Permits pods to open connections out to these ranges. */
  allowEgress(rule: { readonly to: "intra-subnets"; readonly port: number }): void;
}

/** What a granted workload may do with the data. */
export type DatabaseAccess = "read-write" | "read-only";

/** Access of one workload to one database. */
export interface DatabaseGrant {
  /** PostgreSQL user the workload signs in as, with a token instead of a password. */
  readonly user: string;
  readonly access: DatabaseAccess;
  /** Statements that make the user, run once as the master user: AWS has no API that does. May be run again. */
  readonly sql: readonly string[];
}

/** Statements that make the user and give it exactly the access. Names are checked: they hold no quote. */
export function grantStatements(user: string, access: DatabaseAccess, database: string): readonly string[] {
  const create =
    `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${user}') ` +
    `THEN CREATE ROLE ${user} LOGIN; END IF; END $$;`;
  const rights =
    access === "read-write"
      ? [`GRANT pg_read_all_data, pg_write_all_data TO ${user};`, `GRANT CREATE ON SCHEMA public TO ${user};`]
      : [`GRANT pg_read_all_data TO ${user};`];
  return [create, `GRANT rds_iam TO ${user};`, `GRANT CONNECT ON DATABASE ${database} TO ${user};`, ...rights];
}
