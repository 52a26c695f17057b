// PGlite loads itself by dynamic imports, which jest's modules cannot: it runs in a thread of its own.
import { parentPort } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

const server = await PGlite.create();

parentPort.on("message", async ({ id, sql }) => {
  try {
    const results = await server.exec(sql);
    parentPort.postMessage({ id, rows: results.at(-1)?.rows ?? [] });
  } catch (error) {
    parentPort.postMessage({ id, error: error.message });
  }
});
