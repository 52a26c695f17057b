import { accessSql, type DatabaseUser } from "../src";
import { Postgres } from "./support/postgres";

const orders: DatabaseUser = { name: "orders_rw", access: "read-write" };
const reports: DatabaseUser = { name: "reports_ro", access: "read-only" };

const server = new Postgres();
afterAll(() => server.stop());

/** As RDS leaves an instance: a master user that is no superuser and may hand on `rds_iam`. */
beforeEach(async () => {
  await server.run(`
    ALTER DATABASE postgres OWNER TO postgres;
    DO $$ DECLARE role name; BEGIN
      FOR role IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' LOOP
        EXECUTE format('DROP OWNED BY %I CASCADE', role);
      END LOOP;
      FOR role IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' LOOP
        EXECUTE format('DROP ROLE %I', role);
      END LOOP;
    END $$;
    CREATE ROLE rds_iam NOLOGIN;
    CREATE ROLE paved_master LOGIN CREATEDB CREATEROLE NOSUPERUSER;
    GRANT rds_iam TO paved_master WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
    GRANT CONNECT ON DATABASE postgres TO PUBLIC;
    ALTER DATABASE postgres OWNER TO paved_master;`);
}, 60_000);

/** Runs SQL as somebody who just signed in, with the settings that the role has in this database. */
async function as(user: string, sql: string): Promise<readonly unknown[]> {
  const settings = await server.run(
    `SELECT unnest(setconfig) AS setting FROM pg_db_role_setting WHERE setrole = '${user}'::regrole`,
  );
  const sets = settings.map(({ setting }) => `SET ${String(setting).replace("=", " = ")};`).join("\n");
  try {
    return await server.run(`SET SESSION AUTHORIZATION ${user};\n${sets}\n${sql}`);
  } finally {
    await server.run("ROLLBACK; SET SESSION AUTHORIZATION postgres; RESET ALL;");
  }
}

const give = (...users: readonly DatabaseUser[]) =>
  as("paved_master", `BEGIN;\n${accessSql("postgres", users)}\nCOMMIT;`);
const mayConnect = async (user: string) => {
  const may = "rolcanlogin AND has_database_privilege(oid, 'postgres', 'CONNECT') AS may";
  return (await server.run(`SELECT ${may} FROM pg_roles WHERE rolname = '${user}'`))[0]?.["may"];
};

test("snapshot: one that writes, one that reads", () => {
  expect(accessSql("orders_db", [orders, reports])).toMatchSnapshot();
});

test("is run by a master user that is no superuser, as often as one likes", async () => {
  await give(orders, reports);
  await give(orders, reports);
  expect(await mayConnect("orders_rw")).toBe(true);
  expect(await mayConnect("reports_ro")).toBe(true);
});

test("users sign in by IAM", async () => {
  await give(orders, reports);
  const members = await server.run(
    "SELECT member::regrole::text FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole",
  );
  expect(members).toEqual(expect.arrayContaining([{ member: "orders_rw" }, { member: "reports_ro" }]));
});

test("the master user inherits rds_iam from no user, which would end its password", async () => {
  await give(orders, reports);
  expect(await server.run("SELECT pg_has_role('paved_master', 'rds_iam', 'USAGE') AS it")).toEqual([{ it: false }]);
});

test("who writes makes tables, changes them and their rows", async () => {
  await give(orders);
  await as("orders_rw", "CREATE TABLE items (id int); INSERT INTO items VALUES (1);");
  await as("orders_rw", "ALTER TABLE items ADD COLUMN name text; UPDATE items SET name = 'a'; CREATE SCHEMA archive;");
  expect(await as("orders_rw", "SELECT id, name FROM items")).toEqual([{ id: 1, name: "a" }]);
});

test("what one user that writes made the next one may change", async () => {
  const importer: DatabaseUser = { name: "importer_rw", access: "read-write" };
  await give(orders, importer);
  await as("orders_rw", "CREATE TABLE items (id int);");
  await as("importer_rw", "ALTER TABLE items ADD COLUMN name text; DROP TABLE items;");
  expect(await as("orders_rw", "SELECT to_regclass('items') AS items")).toEqual([{ items: null }]);
});

test("who reads sees tables from before and after, and changes nothing", async () => {
  await give(orders);
  await as("orders_rw", "CREATE TABLE early (id int); INSERT INTO early VALUES (1);");
  await give(orders, reports);
  await as("orders_rw", "CREATE TABLE late (id int); INSERT INTO late VALUES (2);");
  expect(await as("reports_ro", "SELECT early.id AS early, late.id AS late FROM early, late")).toEqual([
    { early: 1, late: 2 },
  ]);
  expect(await as("reports_ro", "SHOW default_transaction_read_only")).toEqual([
    { default_transaction_read_only: "on" },
  ]);
  await expect(
    as("reports_ro", "SET default_transaction_read_only = off; INSERT INTO early VALUES (3)"),
  ).rejects.toThrow(/permission denied/);
  await expect(as("reports_ro", "SET default_transaction_read_only = off; CREATE TABLE mine ()")).rejects.toThrow(
    /permission denied/,
  );
  await expect(as("reports_ro", "SET ROLE data_owner")).rejects.toThrow(/permission denied/);
});

test("nobody else gets in", async () => {
  await give(orders);
  await server.run("CREATE ROLE stranger LOGIN;");
  expect(await mayConnect("stranger")).toBe(false);
});

test("who is no user any more is out, and back in when granted again", async () => {
  await give(orders, reports);
  await as("orders_rw", "CREATE TABLE items (id int);");
  await give(orders);
  expect(await mayConnect("reports_ro")).toBe(false);
  await expect(as("reports_ro", "SELECT * FROM items")).rejects.toThrow(/permission denied/);
  await give();
  expect(await mayConnect("orders_rw")).toBe(false);
  await give(orders, reports);
  expect(await as("reports_ro", "SELECT * FROM items")).toEqual([]);
});
