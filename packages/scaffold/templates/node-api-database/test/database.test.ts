import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import type { Pool } from "pg";
import { createApp } from "../src/app.ts";
import { databaseCheck, openDatabase } from "../src/database.ts";

const HOST = "127.0.0.1";
const where = { host: HOST, name: "postgres", user: "postgres", authorityFile: undefined, password: "postgres" };

// A real PostgreSQL, in this process.
let db: PGlite;
let port: number;
let server: PGLiteSocketServer;
let database: Pool;

async function listen(at: number): Promise<PGLiteSocketServer> {
  const listening = new PGLiteSocketServer({ db, host: HOST, port: at, maxConnections: 5 });
  await listening.start();
  return listening;
}

before(async () => {
  db = await PGlite.create();
  server = await listen(0);
  port = Number(server.getServerConn().split(":")[1]);
  database = openDatabase({ ...where, port });
  database.on("error", () => undefined);
});
after(async () => {
  await database.end();
  await server.stop();
  await db.close();
});

test("what is written is there for the next connection", async () => {
  await database.query("CREATE TABLE things (name text NOT NULL)");
  await Promise.all(["a", "b"].map((name) => database.query("INSERT INTO things VALUES ($1)", [name])));
  const { rows } = await database.query("SELECT name FROM things ORDER BY name");
  assert.deepEqual(rows, [{ name: "a" }, { name: "b" }]);
});

test("it is ready while its database answers, and finds it again when it was away", async () => {
  const app = await createApp({
    logger: false,
    metrics: (_, response) => response.end(),
    checks: [databaseCheck(database)],
  });
  const ready = async () => (await app.inject("/readyz")).statusCode;
  assert.equal(await ready(), 200);
  await server.stop();
  assert.equal(await ready(), 503);
  assert.equal((await app.inject("/healthz")).statusCode, 200);
  server = await listen(port);
  assert.equal(await ready(), 200);
});

test("without a password it signs in with tokens of its cloud identity, each made when it is needed", async () => {
  const identity = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };
  Object.assign(process.env, identity);
  const asPod = openDatabase({ ...where, port, user: "orders_rw", password: undefined });
  const { password } = asPod.options as { password?: unknown };
  assert.ok(typeof password === "function");
  assert.match(String(await password()), /^127\.0\.0\.1:\d+\/\?Action=connect&DBUser=orders_rw&X-Amz-/);
  await asPod.end();
});
