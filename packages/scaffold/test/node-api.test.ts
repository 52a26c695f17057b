import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { ended, generated, INSTALLING_MS, installNode, SAMPLES, WELL } from "./generated";

const [, all] = SAMPLES["node-api"]!;
let repository: string;
beforeAll(async () => {
  repository = await generated("node-api", all!);
  await installNode(repository);
}, INSTALLING_MS);

const scripts = (): readonly string[] =>
  [...readFileSync(path.join(repository, "README.md"), "utf8").matchAll(/^npm (?:run )?(\w+)$/gm)].map(
    ([, name]) => name!,
  );

test("README says these commands, in this order", () => {
  expect(scripts()).toEqual(["typecheck", "test", "build", "start"]);
});

test.each(["typecheck", "test", "build"])(
  "npm run %s ends well",
  async (script) => {
    expect(await ended("npm", ["run", script], repository)).toEqual(WELL);
  },
  INSTALLING_MS,
);

test("started as its README says, it answers its probes, metrics and a request, and ends well when it is told to", async () => {
  const port = await freePort();
  const environment = { ...process.env, NODE_OPTIONS: undefined, PORT: String(port) };
  const [program = "", ...words] = (
    JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as { scripts: { start: string } }
  ).scripts.start.split(" ");
  const server = spawn(program, words, { cwd: repository, env: environment, stdio: "ignore" });
  try {
    await answering(server, `http://127.0.0.1:${port}/healthz`);
    const get = (where: string) => fetch(`http://127.0.0.1:${port}${where}`);
    expect((await get("/readyz")).status).toBe(200);
    expect(await (await get("/returns/v2/greetings/Ada")).json()).toEqual({ greeting: "Hello, Ada" });
    expect(await (await get("/metrics")).text()).toMatch(
      /^http_server_request_duration_seconds_bucket\{.*http_route="\/returns\/v2\/greetings\/:name".*le="0.005"\}/m,
    );
    const exit = once(server, "exit");
    server.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  } finally {
    server.kill("SIGKILL");
  }
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function answering(server: ChildProcess, address: string): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it ended with ${server.exitCode}`);
}
