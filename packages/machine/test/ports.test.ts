import { once } from "node:events";
import { createServer } from "node:net";
import { freePorts, isFree } from "../src";

test("ports are free, each another, and below those that Linux takes for connections that go out", async () => {
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
  expect(await Promise.all(ports.map(isFree))).toEqual(Array(50).fill(true));
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test("a port on which somebody listens is not free", async () => {
  const [port] = await freePorts(1);
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  expect(await isFree(port!)).toBe(false);
  server.close();
  await once(server, "close");
  expect(await isFree(port!)).toBe(true);
});
