import { Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput } from "listr2";
import type { StackEntry } from "@paved/model";
import type { RunListener, Stage } from "@paved/pipeline";
import type { ProgressDisplay } from "./progress";

type Task = ListrTaskWrapper<unknown, never, never>;

/** One line an environment with how far it is, and below it what is being done right now. */
export class LiveProgress implements ProgressDisplay {
  private readonly environments = new Map<string, EnvironmentProgress>();
  private readonly shown: Promise<unknown>;

  constructor(stacks: readonly StackEntry[]) {
    for (const { environment } of stacks) {
      const progress = this.environments.get(environment) ?? new EnvironmentProgress(environment);
      progress.total += 1;
      this.environments.set(environment, progress);
    }
    const tasks = [...this.environments.values()].map((environment) => ({
      title: environment.title,
      task: (_: unknown, task: object) => environment.show(task as Task),
    }));
    this.shown = new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      // Ctrl-C belongs to the run: it lets OpenTofu save its state first.
      registerSignalListeners: false,
      rendererOptions: {
        collapseErrors: false,
        showErrorMessage: false,
        logger: new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) }),
      },
    }).run();
  }

  stage(stack: StackEntry, stage: Stage): void {
    this.environments.get(stack.environment)?.update(stack.name, stage);
  }

  progress(stack: StackEntry, done: number, total: number): void {
    this.environments.get(stack.environment)?.update(stack.name, `apply ${done}/${total}`);
  }

  finished: RunListener["finished"] = (stack, { status }) => {
    const bad = status === "failed" || status === "interrupted" || status === "skipped";
    this.environments.get(stack.environment)?.finish(stack.name, bad);
  };

  async close(): Promise<void> {
    for (const environment of this.environments.values()) environment.end();
    await this.shown;
  }
}

/** How far one environment is. */
class EnvironmentProgress {
  total = 0;
  private done = 0;
  private failed = 0;
  private readonly doing = new Map<string, string>();
  private task: Task | undefined;
  private resolve: () => void = () => {};
  private reject: (error: Error) => void = () => {};
  private readonly finished = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(private readonly name: string) {}

  get title(): string {
    const failures = this.failed === 0 ? "" : `, ${this.failed} not done`;
    return `${this.name}  ${this.done}/${this.total} stacks${failures}`;
  }

  show(task: Task): Promise<void> {
    this.task = task;
    this.draw();
    return this.finished;
  }

  update(stack: string, what: string): void {
    this.doing.set(stack, what);
    this.draw();
  }

  finish(stack: string, bad: boolean): void {
    this.doing.delete(stack);
    this.done += 1;
    if (bad) this.failed += 1;
    this.draw();
    if (this.done === this.total) this.end();
  }

  end(): void {
    if (this.failed > 0 || this.done < this.total) this.reject(new Error(this.title));
    else this.resolve();
  }

  private draw(): void {
    if (this.task === undefined) return;
    this.task.title = this.title;
    this.task.output = [...this.doing].map(([stack, what]) => `${stack}: ${what}`).join("  ");
  }
}
