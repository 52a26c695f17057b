import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";

/** Below those that Linux gives to connections that go out: one of these would take a port that nobody listens on for a moment. */
const [LOWEST, HIGHEST] = [20_000, 32_767];

/** Ports of 127.0.0.1 on which nobody listens, each another, from 20000 to 32767. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const free = new Set<number>();
  while (free.size < count) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) free.add(port);
  }
  return [...free];
}

/** Whether nobody listens there, on 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
