import { deriveName, type Environment } from "@paved/model";
import type { Contract } from "../contract/contract";
import type { Grantee } from "../workload-identity/grantee";
import type { DatabaseAccess } from "./access-sql";
import { PORT } from "./instance-settings";
import { addDatabaseUser } from "./users";

/** Access of one workload to one database. */
export interface DatabaseGrant {
  /** PostgreSQL user the workload signs in as, with a token instead of a password. */
  readonly user: string;
  readonly access: DatabaseAccess;
}

const FIELDS = { host: "string", databaseName: "string", resourceId: "string" } as const;

/** What a service tells others of its database. */
export function databaseContract(name: string): Contract<typeof FIELDS> {
  return { name: `database-${name}`, version: 1, fields: FIELDS };
}

/** Which database is granted, and by which variables the workload finds it. */
export interface GrantedDatabase {
  /** Name of the service it belongs to. */
  readonly service: string;
  readonly host: string;
  readonly databaseName: string;
  /** Id that RDS gave the instance, by which IAM names its users. */
  readonly resourceId: string;
  /** First part of the variables: `DATABASE`, or `LEDGER_DATABASE` for that of the service ledger. */
  readonly prefix: string;
}

/**
 * Lets the workload sign in as a user of its own, and tells it how. The port of the database has to be open besides, and
 * the user be made in it, see {@link addDatabaseUser}.
 * @throws PavedError PVD1006, PVD1007 when the user's name does not fit PostgreSQL
 */
export function grantAccess(
  database: GrantedDatabase,
  workload: Grantee,
  access: DatabaseAccess,
  { region, account }: Pick<Environment, "region" | "account">,
): DatabaseGrant {
  const name = [workload.identity.name.replaceAll("-", "_"), access === "read-write" ? "rw" : "ro"];
  const user = deriveName("PostgreSQL name", name, workload.identity.node.path);
  workload.identity.allow({
    actions: ["rds-db:connect"],
    resources: [`arn:aws:rds-db:${region}:${account}:dbuser:${database.resourceId}/${user}`],
  });
  workload.provide(`${database.prefix}_HOST`, database.host);
  workload.provide(`${database.prefix}_PORT`, String(PORT));
  workload.provide(`${database.prefix}_NAME`, database.databaseName);
  workload.provide(`${database.prefix}_USER`, user);
  // The sign-in token is made for a region; SDKs read it from here.
  workload.provide("AWS_REGION", region);
  workload.allowEgress({ to: "intra-subnets", port: PORT });
  workload.trustDatabases();
  addDatabaseUser(workload.identity, database.service, { name: user, access });
  return { user, access };
}
