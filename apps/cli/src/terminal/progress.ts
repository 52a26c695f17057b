import type { RunListener, Stage } from "@paved/pipeline";
import type { StackEntry } from "@paved/model";
import type { Terminal } from "./terminal";

/** Shows a run while it goes on; `close` leaves the terminal clean. */
export interface ProgressDisplay extends RunListener {
  close(): Promise<void>;
}

/** A display that a person watches, or plain lines for a log. */
export async function showProgress(terminal: Terminal, stacks: readonly StackEntry[]): Promise<ProgressDisplay> {
  if (!terminal.live) return new ProgressLines(terminal);
  const { LiveProgress } = await import("./live-progress");
  return new LiveProgress(stacks);
}

/** One line for each change of stage, none for each resource. */
export class ProgressLines implements ProgressDisplay {
  private readonly quiet: ReadonlySet<Stage> = new Set(["recover", "init", "validate"]);

  constructor(private readonly terminal: Terminal) {}

  stage(stack: StackEntry, stage: Stage): void {
    if (!this.quiet.has(stage)) this.terminal.err(`${stack.name}: ${stage}`);
  }

  progress(): void {}

  finished: RunListener["finished"] = (stack, { status, plan, seconds, waitsFor }) => {
    // The summary counts them: one failure near the root would give a line for most of the fleet.
    if (status === "skipped") return;
    const counts = `+${plan.add} ~${plan.change} -${plan.destroy}, ${seconds.toFixed(1)} s`;
    const reason = waitsFor.length > 0 ? `waits for ${waitsFor.join(", ")}` : counts;
    this.terminal.err(`${stack.name}: ${status} (${reason})`);
  };

  async close(): Promise<void> {}
}
