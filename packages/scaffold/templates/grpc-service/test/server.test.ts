import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Client, credentials, loadPackageDefinition, type ServiceClientConstructor, status } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { protoPath, service as healthService } from "grpc-health-check";
import { Greetings } from "../src/definition.ts";
import { service } from "../src/service.ts";

let server: ChildProcess;
let target: string;
let metricsPort: number;
const said: Record<string, unknown>[] = [];

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

before(async () => {
  metricsPort = await freePort();
  // As it is started in its image. Traces are sent to where nobody listens, so that there are some.
  const env = {
    ...process.env,
    PORT: "0",
    METRICS_PORT: String(metricsPort),
    GRPC_REFLECTION: "on",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
  };
  const words = ["--import", "./dist/telemetry.js", "dist/server.js"];
  server = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "inherit"] });
  target = await new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stdout! }).on("line", (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      said.push(entry);
      if (entry["msg"] === "listening") resolve(`127.0.0.1:${String(entry["port"])}`);
    });
  });
});
after(() => server.kill("SIGKILL"));

const client = () => new Greetings(target, credentials.createInsecure());

test("it answers its own client", async () => {
  const greetings = client();
  const greet = promisify(
    greetings.Greet.bind(greetings) as (
      request: object,
      done: (error: Error | null, answer?: { greeting: string }) => void,
    ) => void,
  );
  assert.deepEqual(await greet({ name: "Ada" }), { greeting: "Hello, Ada" });
  await assert.rejects(greet({ name: "" }), { code: status.INVALID_ARGUMENT });
  greetings.close();
});

test("it says that it serves, by gRPC's own protocol", async () => {
  const { grpc } = loadPackageDefinition(loadSync(protoPath, { enums: String })) as unknown as {
    readonly grpc: { readonly health: { readonly v1: { readonly Health: ServiceClientConstructor } } };
  };
  const health = new grpc.health.v1.Health(target, credentials.createInsecure());
  const check = promisify(
    health["Check"]!.bind(health) as (
      request: object,
      done: (error: Error | null, answer?: { status: string }) => void,
    ) => void,
  );
  for (const name of ["", `${service.grpcPackage}.Greetings`]) {
    assert.equal((await check({ service: name }))?.status, "SERVING");
  }
  assert.ok("Check" in healthService);
  health.close();
});

test("with reflection on, it tells tools what it has", async () => {
  const reflection = new Client(target, credentials.createInsecure());
  const list = reflection.makeBidiStreamRequest(
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    // Field 7 of the request, list_services, which is text and empty.
    () => Buffer.from([0x3a, 0x00]),
    (bytes) => bytes.toString("latin1"),
  );
  list.write({});
  list.end();
  const [answer] = (await once(list, "data")) as [string];
  assert.match(answer, new RegExp(`${service.grpcPackage}\\.Greetings`));
  reflection.close();
});

test("calls are measured in the names that dashboards and alerts read, by method and status", async () => {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const counts = text.split("\n").filter((line) => line.startsWith("rpc_server_call_duration_seconds_count{"));
  const of = (code: string) =>
    new RegExp(`rpc_method="${service.grpcPackage}.Greetings/Greet",rpc_response_status_code="${code}"`);
  assert.ok(counts.some((line) => of("OK").test(line)));
  assert.ok(counts.some((line) => of("INVALID_ARGUMENT").test(line)));
  assert.match(text, /rpc_server_call_duration_seconds_bucket\{.*le="0.005"\}/);
});

test("each line that it writes is JSON with its service and its level", () => {
  assert.ok(said.every((entry) => entry["service"] === service.name && entry["level"] === "info"));
});

test("it ends well when it is told to", async () => {
  const exit = once(server, "exit");
  server.kill("SIGTERM");
  assert.deepEqual((await exit)[0], 0);
  assert.ok(said.some(({ msg }) => msg === "ending"));
});
