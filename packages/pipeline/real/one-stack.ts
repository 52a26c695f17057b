import type { RunCommand, RunResult } from "../src/run/result";
import { runInSession } from "../src/run/session";
import { Interruption } from "../src/tofu/interruption";
import { readFleet } from "../src/workspace/fleet";
import type { Workspace } from "../src/workspace/workspace";
import { realEngine } from "../test/fleet-on-disk";

/** What became of a stack. */
export type StackResult = RunResult["stacks"][number];

/** Runs commands on a workspace that has one stack, with the real OpenTofu, and keeps what was said meanwhile. */
export class OneStack {
  readonly said: string[] = [];

  constructor(private readonly workspace: Workspace) {}

  async run(command: RunCommand): Promise<StackResult> {
    const { workspace } = this;
    const fleet = readFleet(workspace);
    const interruption = new Interruption();
    const progress = (line: string): number => this.said.push(line);
    const today = "2026-11-28";
    const engine = await realEngine();
    try {
      const options = { workspace, command, fleet, stacks: fleet.stacks, today, engine, interruption, progress };
      return (await runInSession(options)).stacks[0]!;
    } finally {
      interruption.close();
    }
  }

  /** The same where nothing may go wrong. */
  async succeed(command: RunCommand): Promise<StackResult> {
    const stack = await this.run(command);
    if (stack.findings.length > 0) throw new Error(JSON.stringify(stack.findings));
    return stack;
  }
}
