/** What may be done with the data of a database. */
export type DatabaseAccess = "read-write" | "read-only";

/** A user of a database, and what it may do with the data. */
export interface DatabaseUser {
  /** PostgreSQL name, which holds no quote. */
  readonly name: string;
  readonly access: DatabaseAccess;
}

/** Owns all tables: users that write act as it, so that what one of them made the next one can change. */
const OWNER = "data_owner";
/** May read all tables, those to come included. */
const READER = "data_reader";

/**
 * SQL that gives a database exactly these users, run as its master user in one transaction, as often as one likes. Who is
 * no longer among them can do nothing any more.
 *
 * Tables belong to a role that signs in nowhere, and the master user is a member of that role, never of a user: whoever
 * inherits from `rds_iam` cannot sign in with a password any more (RDS user guide, "Limitations for IAM database
 * authentication"), and the master user has nothing else.
 *
 * @param database name of the database, which holds no quote
 */
export function accessSql(database: string, users: readonly DatabaseUser[]): string {
  const sorted = users.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return `${[...roles(database), ...sorted.flatMap((user) => userStatements(user, database)), dismissal(sorted)].join("\n")}\n`;
}

function roles(database: string): readonly string[] {
  return [
    createRole(OWNER, "NOLOGIN"),
    createRole(READER, "NOLOGIN"),
    `GRANT ${OWNER} TO CURRENT_USER;`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC;`,
    `GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${database} TO ${OWNER};`,
    `GRANT CONNECT ON DATABASE ${database} TO ${READER};`,
    `GRANT USAGE, CREATE ON SCHEMA public TO ${OWNER};`,
    `GRANT USAGE ON SCHEMA public TO ${READER};`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${READER};`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER} IN SCHEMA public GRANT SELECT ON TABLES TO ${READER};`,
  ];
}

function userStatements({ name, access }: DatabaseUser, database: string): readonly string[] {
  const acts =
    access === "read-write"
      ? [`GRANT ${OWNER} TO ${name};`, `ALTER ROLE ${name} IN DATABASE ${database} SET role = '${OWNER}';`]
      : [`GRANT ${READER} TO ${name};`, `ALTER ROLE ${name} SET default_transaction_read_only = on;`];
  return [createRole(name, "LOGIN"), `ALTER ROLE ${name} LOGIN;`, `GRANT rds_iam TO ${name};`, ...acts];
}

function createRole(name: string, options: "LOGIN" | "NOLOGIN"): string {
  return (
    `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') ` +
    `THEN CREATE ROLE ${name} ${options}; END IF; END $$;`
  );
}

/** Takes their roles from all that are not users any more, and their way in. */
function dismissal(users: readonly DatabaseUser[]): string {
  const kept = users.map(({ name }) => `'${name}'`).join(", ");
  const stays = kept === "" ? "" : ` AND member.rolname NOT IN (${kept})`;
  return `DO $$
DECLARE former record;
BEGIN
  FOR former IN
    SELECT DISTINCT member.rolname AS name, held.rolname AS held FROM pg_auth_members
    JOIN pg_roles held ON held.oid = roleid JOIN pg_roles member ON member.oid = pg_auth_members.member
    WHERE held.rolname IN ('${OWNER}', '${READER}') AND member.rolname <> CURRENT_USER AND member.rolcanlogin${stays}
  LOOP
    EXECUTE format('REVOKE %I FROM %I', former.held, former.name);
    EXECUTE format('ALTER ROLE %I NOLOGIN', former.name);
  END LOOP;
END $$;`;
}
