import { Worker } from "node:worker_threads";

/** In a thread, since a file that never ends keeps the main one busy. */
const WATCH = `
  const input = new (require("node:net").Socket)({ fd: 0 });
  input.on("error", () => {}).on("close", () => process.kill(process.pid, "SIGKILL")).resume();`;

/** Ends this process when the one that started it has ended, however that was: it holds our standard input open. */
export function endWithParent(): void {
  new Worker(WATCH, { eval: true }).unref();
}
