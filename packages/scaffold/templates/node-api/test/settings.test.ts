import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings } from "../src/settings.ts";

test("without settings it listens where the platform looks", () => {
  assert.deepEqual(readSettings({}), { port: 8080, logLevel: "info" });
});

test("each setting that is wrong is named", () => {
  assert.throws(() => readSettings({ PORT: "http", LOG_LEVEL: "loud" }), /PORT .*; LOG_LEVEL /);
});
