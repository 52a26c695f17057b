import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { SynthesizedStack } from "./synthesized-stack";

/**
 * Synthesizes with the real `app.synth()` (backends, validations and cross-stack preparation included, which
 * `Testing.synth` leaves out) into a temporary directory, and gives the parsed stacks by name.
 *
 * @param build puts one or more stacks into the app
 */
export function synth(build: (app: App) => void): Record<string, SynthesizedStack> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "paved-synth-"));
  try {
    const app = new App({ outdir, hclOutput: false });
    build(app);
    app.synth();
    const manifest = JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8")) as {
      stacks: Record<string, { synthesizedStackPath: string }>;
    };
    return Object.fromEntries(
      Object.entries(manifest.stacks).map(([name, stack]) => {
        const text = fs.readFileSync(path.join(outdir, stack.synthesizedStackPath), "utf8");
        return [name, new SynthesizedStack(text)];
      }),
    );
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** As {@link synth}, for a build that makes one stack. */
export function synthStack(build: (app: App) => void): SynthesizedStack {
  const stacks = Object.values(synth(build));
  if (stacks.length !== 1 || stacks[0] === undefined) throw new Error(`expected one stack, got ${stacks.length}`);
  return stacks[0];
}
