import { readFileSync } from "node:fs";
import { Signer } from "@aws-sdk/rds-signer";
import pg from "pg";
import type { ReadinessCheck } from "./routes/health.ts";
import { service } from "./service.ts";
import type { DatabaseSettings } from "./settings.ts";

/** Connections that a pod has at most: with as many pods as there may be, fewer than the database takes. */
const MOST_CONNECTIONS = 5;

/** Milliseconds that a connection, and an answer, is waited for. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 10_000;

/**
 * The service's own PostgreSQL. A connection is opened when one is needed, so that a database that comes up later than this
 * is found, and one that was away is found again.
 */
export function openDatabase({ host, port, name, user, authorityFile, password }: DatabaseSettings): pg.Pool {
  const signer = new Signer({ hostname: host, port, username: user });
  return new pg.Pool({
    host,
    port,
    database: name,
    user,
    // A token is good for a quarter of an hour, so that each connection has one of its own.
    password: password ?? (() => signer.getAuthToken()),
    ssl: authorityFile !== undefined && { ca: readFileSync(authorityFile, "utf8") },
    application_name: service.name,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    statement_timeout: ANSWER_MS,
  });
}

/** Whether it answers. */
export function databaseCheck(database: pg.Pool): ReadinessCheck {
  return {
    name: "database",
    check: async () => {
      await database.query("SELECT 1");
    },
  };
}
