import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings } from "../src/settings.ts";

test("without settings it listens where the platform looks, and tells nobody what it has", () => {
  const { port, metricsPort, reflection } = readSettings({});
  assert.deepEqual({ port, metricsPort, reflection }, { port: 9090, metricsPort: 9464, reflection: false });
});

test("each setting that is wrong is named", () => {
  assert.throws(() => readSettings({ PORT: "grpc", LOG_LEVEL: "loud" }), /PORT .*; LOG_LEVEL /);
});
