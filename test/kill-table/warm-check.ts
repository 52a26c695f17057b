import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { Finding } from "@paved/model";

const script = path.join(__dirname, "check-again.cjs");

/** What is known of a finding: its code, and what was got, which names the rule. */
export type Found = Pick<Finding, "code" | "got">;

/** `paved check` of one workspace, in a process that has loaded all that no edit changes. */
export class WarmCheck {
  private process: ChildProcess | undefined;

  /**
   * @param workspace directory of the workspace
   * @param command the bundle of the command
   * @param day on which is checked
   */
  constructor(
    private readonly workspace: string,
    private readonly command: string,
    private readonly day: string,
  ) {}

  /** What is wrong with the workspace as it is now; undefined where only the command itself can say. */
  findings(): Promise<readonly Found[] | undefined> {
    const child = (this.process ??= this.start());
    return new Promise((resolve) => {
      const lines = createInterface({ input: child.stdout! });
      const settle = (found: readonly Found[] | undefined): void => {
        lines.close();
        child.off("exit", died);
        resolve(found);
      };
      const died = (): void => settle(undefined);
      child.once("exit", died);
      lines.once("line", (line) => settle((JSON.parse(line) as readonly Found[] | null) ?? undefined));
      child.stdin!.write("\n");
    });
  }

  /** Of the process; another one when that had to be started anew. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  end(): void {
    this.process?.stdin!.end();
  }

  /** Of the environment it gets what synth gets of it. Which lines elements come from, only source maps say. */
  private start(): ChildProcess {
    const { PATH, HOME } = process.env;
    const words = ["--enable-source-maps", script, this.workspace, this.command, this.day];
    const child = spawn(process.execPath, words, {
      cwd: this.workspace,
      env: { PATH, HOME, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.once("exit", () => (this.process = undefined));
    // Who has just ended reads nothing; that it has ended is heard of.
    child.stdin.on("error", () => undefined);
    return child;
  }
}
