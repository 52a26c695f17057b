import type { DbParameterGroupParameter } from "@cdktf/provider-aws/lib/db-parameter-group";

const PARAMETERS = {
  // No connection without TLS (AWS Security Hub RDS.38, checkov CKV2_AWS_69).
  "rds.force_ssl": "1",
  // Who came and went, which schema was changed, what took longer than a second (CKV2_AWS_30, CIS PostgreSQL 3.1).
  log_connections: "1",
  log_disconnections: "1",
  log_statement: "ddl",
  log_min_duration_statement: "1000",
} as const;

/** Settings of every database, all taken up without a restart. */
export function parameters(): DbParameterGroupParameter[] {
  return Object.entries(PARAMETERS).map(([name, value]) => ({ name, value, applyMethod: "immediate" }));
}
