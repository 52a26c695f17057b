import { writeSync } from "node:fs";
import { LiveProgress } from "../src/terminal/live-progress";
import { index, result } from "./sample-fleet";

/** What a scene wrote to each stream. */
export type Written = Record<"stdout" | "stderr", string>;

const written: Written = { stdout: "", stderr: "" };
const [network, cluster, orders, production] = index.stacks;

/** A program of its own, because what Listr2 draws with is loaded in a way that jest does not allow. */
const SCENES: Readonly<Record<string, () => Promise<void>>> = {
  async fleet() {
    const progress = new LiveProgress([network!, cluster!, production!]);
    progress.stage(network!, "plan");
    await shown("dev-network: plan");
    progress.finished(network!, result("dev-network"));
    progress.progress(cluster!, 3, 8);
    await shown("dev-cluster: apply 3/8");
    progress.finished(cluster!, result("dev-cluster", { status: "failed" }));
    progress.finished(production!, result("production-network"));
    await progress.close();
  },
  async "ended at once"() {
    await new LiveProgress([network!, orders!]).close();
  },
  async "ended half way"() {
    const progress = new LiveProgress([network!, orders!]);
    progress.finished(network!, result("dev-network"));
    await shown("1/2 stacks");
    await progress.close();
  },
};

async function shown(text: string): Promise<void> {
  while (!written.stderr.includes(text)) await new Promise((resolve) => setTimeout(resolve, 10));
}

for (const name of ["stdout", "stderr"] as const) {
  const stream: NodeJS.WriteStream = process[name];
  stream.isTTY = true;
  stream.columns = 80;
  stream.write = (text: string | Uint8Array) => {
    written[name] += String(text);
    return true;
  };
}
void SCENES[process.argv[2]!]!().then(() => writeSync(1, JSON.stringify(written)));
