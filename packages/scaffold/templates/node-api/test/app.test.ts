import assert from "node:assert/strict";
import { test } from "node:test";
import { createApp } from "../src/app.ts";
import { service } from "../src/service.ts";

const app = (checks?: Parameters<typeof createApp>[0]["checks"]) =>
  createApp({ logger: false, metrics: (_, response) => response.end("# metrics"), ...(checks && { checks }) });

test("it says that it lives and is ready", async () => {
  const server = await app();
  assert.equal((await server.inject("/healthz")).statusCode, 200);
  assert.equal((await server.inject("/readyz")).statusCode, 200);
});

test("it lives on while something that it needs is not well, and is not ready", async () => {
  const server = await app([
    { name: "database", check: () => Promise.reject(new Error("down")) },
    { name: "cache", check: () => Promise.resolve() },
  ]);
  assert.equal((await server.inject("/healthz")).statusCode, 200);
  const answer = await server.inject("/readyz");
  assert.equal(answer.statusCode, 503);
  assert.deepEqual(answer.json(), { status: "not ready", failed: ["database"] });
});

test("it greets", async () => {
  const answer = await (await app()).inject(`${service.path}/greetings/Ada`);
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), { greeting: "Hello, Ada" });
});

test("input that does not fit is refused, and not an error of the server", async () => {
  const answer = await (await app()).inject(`${service.path}/greetings/${"a".repeat(51)}`);
  assert.equal(answer.statusCode, 400);
});

test("a request that does not come to its end is given up", async () => {
  assert.equal((await app()).server.requestTimeout, 30_000);
});

test("metrics are answered by whoever keeps them", async () => {
  assert.equal((await (await app()).inject("/metrics")).body, "# metrics");
});
