import { createServer, type Server } from "node:net";
import type { Component } from "../src/components/component";
import { stopProcess } from "../src/processes/component-process";
import { ensureRunning, PortTaken } from "../src/processes/ensure-running";
import { EnvironmentFolder } from "../src/site";
import { temporarySite } from "./temporary-site";

const folder = new EnvironmentFolder(temporarySite(), "dev");
const servers: Server[] = [];
afterEach(async () => {
  await stopProcess(folder, "git-server");
  for (const server of servers.splice(0)) server.close();
});

/** Somebody who listens. @returns the server, and its port */
async function somebody(): Promise<readonly [Server, number]> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return [server, (server.address() as { port: number }).port];
}

/** A program that answers by HTTP on its port. */
function answering(port: number): Component {
  const script = `require("http").createServer((_, answer) => answer.end()).listen(${port}, "127.0.0.1")`;
  return {
    name: "git-server",
    binary: process.execPath,
    arguments: ["-e", script],
    ports: [port],
    health: { url: `http://127.0.0.1:${port}/` },
  };
}

test("a port that is given back a moment later, as by what was just stopped, is waited for", async () => {
  const [server, port] = await somebody();
  setTimeout(() => server.close(), 300);
  expect(await ensureRunning(folder, [{ component: answering(port), recipe: "one" }])).toEqual(["git-server"]);
});

test("a port on which somebody else stays is said to be taken, and nothing is started", async () => {
  const [, port] = await somebody();
  await expect(ensureRunning(folder, [{ component: answering(port), recipe: "two" }])).rejects.toThrow(PortTaken);
  expect(await stopProcess(folder, "git-server")).toBe(false);
});
