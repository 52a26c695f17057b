import { unsafeIn } from "../src/sql";

test.each([
  ["a role with rights over the server", "ALTER ROLE orders_rw CREATEROLE;"],
  ["a role with rights over the server", "ALTER ROLE orders_rw WITH LOGIN\n  SUPERUSER;"],
  ["a password", "ALTER ROLE orders_rw PASSWORD 'orders';"],
  ["rights that can be passed on", "GRANT data_owner TO orders_rw WITH ADMIN OPTION;"],
  ["a function with its owner's rights", "CREATE FUNCTION f() RETURNS void SECURITY DEFINER AS $$ SELECT 1 $$;"],
  ["an extension", "CREATE EXTENSION dblink;"],
  ["a program of the server", "COPY orders TO PROGRAM 'curl https://example.com';"],
  ["a setting of the server", "ALTER SYSTEM SET log_statement = 'all';"],
  ["rights of everybody", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC;"],
  ["all rights", "GRANT ALL PRIVILEGES ON DATABASE orders TO orders_rw;"],
  ["the role rds_superuser", "GRANT rds_superuser TO orders_rw;"],
  ["the role pg_read_all_data", "GRANT data_reader, pg_read_all_data TO orders_ro;"],
  ["rights to write for who reads", "GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO data_reader;"],
  ["rights that can be passed on", "GRANT data_owner TO orders_rw WITH INHERIT TRUE, ADMIN TRUE;"],
  ["another owner", "ALTER SCHEMA public OWNER TO orders_rw;"],
  ["orders_rw signs in without IAM", "ALTER ROLE orders_rw NOSUPERUSER LOGIN;"],
  ["orders_rw signs in without IAM", "CREATE ROLE orders_rw LOGIN;"],
])("finds %s", (what, sql) => {
  expect(unsafeIn(sql)).toContain(what);
});

test.each([
  "GRANT data_owner TO CURRENT_USER;",
  "GRANT USAGE ON SCHEMA public TO data_reader;",
  "ALTER DEFAULT PRIVILEGES FOR ROLE data_owner IN SCHEMA public GRANT SELECT ON TABLES TO data_reader;",
  "CREATE ROLE data_owner NOLOGIN NOSUPERUSER;",
  "CREATE ROLE orders_rw LOGIN; GRANT rds_iam TO orders_rw;",
  "ALTER ROLE orders_rw PASSWORD NULL;",
  "-- GRANT ALL ON DATABASE orders TO PUBLIC;",
  "EXECUTE format('REVOKE %I FROM %I', former.held, former.name);",
])("leaves %s alone", (sql) => {
  expect(unsafeIn(sql)).toEqual([]);
});

test("a comment in the middle of a statement hides nothing", () => {
  expect(unsafeIn("GRANT /* only */ rds_superuser TO orders_rw;")).toEqual(["the role rds_superuser"]);
});

test.each([
  "SELECT '--'; ALTER ROLE orders_rw SUPERUSER;",
  "SELECT E'\\'--'; ALTER ROLE orders_rw SUPERUSER;",
  "SELECT $x$--$x$; ALTER ROLE orders_rw SUPERUSER;",
  'ALTER ROLE "--" SUPERUSER;',
])("what only looks like a comment hides nothing: %s", (sql) => {
  expect(unsafeIn(sql)).toContain("a role with rights over the server");
});

test("a comment within another is refused, since not everybody ends it in the same place", () => {
  expect(unsafeIn("/* /* */ -- */ ALTER ROLE orders_rw SUPERUSER;")).toContain("a comment within another");
});

test.each(["\\! curl https://example.com", "SELECT 1 \\g |id", "\\copy orders to 'x'"])(
  "finds the command %s of psql",
  (sql) => {
    expect(unsafeIn(sql)).toContain("a command of psql");
  },
);

test("many blanks are read at once", () => {
  const started = performance.now();
  expect(unsafeIn(`GRANT${" ".repeat(20_000)}`)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});
