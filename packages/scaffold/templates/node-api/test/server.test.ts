import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { service } from "../src/service.ts";

let server: ChildProcess;
let address: string;
const said: Record<string, unknown>[] = [];

before(async () => {
  // As it is started in its image. Traces are sent to where nobody listens, so that there are some.
  const words = ["--import", "./dist/telemetry.js", "dist/server.js"];
  const env = { ...process.env, PORT: "0", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };
  server = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "inherit"] });
  address = await new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stdout! }).on("line", (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      said.push(entry);
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(entry["msg"])) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
});
after(() => server.kill("SIGKILL"));

test("requests are measured in the names that dashboards and alerts read, by route", async () => {
  assert.equal((await fetch(`${address}${service.path}/greetings/Ada`)).status, 200);
  const text = await (await fetch(`${address}/metrics`)).text();
  const [line = ""] = text.split("\n").filter((each) => each.startsWith("http_server_request_duration_seconds_count"));
  assert.match(line, new RegExp(`http_route="${service.path}/greetings/:name"`));
  assert.match(line, /http_response_status_code="200"/);
});

test("each line that it writes is JSON with its service, its level and the trace that it belongs to", () => {
  const [request] = said.filter((entry) => "req" in entry);
  assert.equal(request?.["service"], service.name);
  assert.equal(request?.["level"], "info");
  assert.match(String(request?.["trace_id"]), /^[0-9a-f]{32}$/);
});

test("it ends well when it is told to", async () => {
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  assert.deepEqual((await ended)[0], 0);
  assert.ok(said.some(({ msg }) => msg === "ending"));
});
