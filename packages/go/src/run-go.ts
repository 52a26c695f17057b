import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { exitOf } from "@paved/machine";
import type { BuildOptions } from "./build";
import type { BuildReport } from "./build-report";
import type { PinnedModule } from "./pinned-module";

/**
 * Runs Go in a module's folder, with the Go that the module asks for; it is stopped when this process exits.
 * @returns what it writes to its standard output
 * @throws PavedError of `refuse`, and the reason of the signal
 */
export async function runGo(
  { folder, toolchain }: PinnedModule,
  args: readonly string[],
  report: BuildReport,
  { go, refuse, signal }: BuildOptions,
): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(go, args, {
    cwd: folder,
    env: {
      ...process.env,
      ...(toolchain === undefined ? {} : { GOTOOLCHAIN: toolchain }),
      GOFLAGS: "-mod=readonly",
      GOWORK: "off",
      CGO_ENABLED: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  signal?.addEventListener("abort", stop, { once: true });
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  createInterface({ input: child.stderr }).on("line", (line) => report.read(line));
  try {
    const code = await exitOf(child);
    signal?.throwIfAborted();
    if (code !== 0) throw refuse(`go ${args[0]} ended with ${code}: ${report.tail.join(" | ")}`);
    return output.join("");
  } finally {
    process.off("exit", stop);
    signal?.removeEventListener("abort", stop);
  }
}
