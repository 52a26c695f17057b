import { type ChildProcess, spawn } from "node:child_process";
import { freePorts } from "@paved/machine";

/** What a program is started with. */
export interface Start {
  readonly program: string;
  readonly words: readonly string[];
  readonly directory: string;
  /** What its environment has beside that of the tests. */
  readonly more: Readonly<Record<string, string>>;
}

const started = new Set<ChildProcess>();
afterEach(() => {
  for (const process of started) process.kill("SIGKILL");
  started.clear();
});

/** Starts a program that goes on until it is told to end, at the latest after the test. */
export function start({ program, words, directory, more }: Start): ChildProcess {
  const environment = { ...process.env, NODE_OPTIONS: undefined, ...more };
  const child = spawn(program, words, { cwd: directory, env: environment, stdio: "ignore" });
  started.add(child);
  return child;
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  return (await freePorts(1))[0]!;
}

/** Waits until an address answers with 200. */
export async function answering(server: ChildProcess, address: string): Promise<void> {
  while (server.exitCode === null && server.signalCode === null) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it ended with ${server.exitCode ?? server.signalCode}`);
}
