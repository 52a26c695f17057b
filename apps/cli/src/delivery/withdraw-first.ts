import type { StackEntry } from "@paved/model";
import type { Mode, RunCommand, Workspace } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import { stoppable } from "./stoppable";
import { withdrawFromSandbox } from "./withdraw-from-sandbox";

/** What is about to run. */
interface Run {
  readonly command: RunCommand;
  readonly mode: Mode;
  readonly workspace: Workspace;
  readonly stacks: readonly StackEntry[];
}

/**
 * What a run in the sandbox is to destroy leaves Git first, and is waited for: Argo CD could not let go of what it delivers to a
 * namespace that is gone.
 * @throws PavedError as `withdrawFromSandbox` does
 */
export async function withdrawFirst({ terminal }: CommandContext, run: Run): Promise<void> {
  const { mode, workspace, stacks } = run;
  if (mode !== "sandbox") return;
  for (const environment of new Set(stacks.map((stack) => stack.environment))) {
    const own = stacks.filter((stack) => stack.environment === environment);
    const services = goingOf(run.command, own);
    if (services?.length === 0) continue;
    const progress = (line: string): void => terminal.err(`${environment}: ${line}`);
    await stoppable(
      (signal) => withdrawFromSandbox({ workspace, environment, services, progress, signal }),
      "withdrawal",
    );
  }
}

/** Services that a run destroys; all there are, by no name, where it destroys what they stand on too. */
function goingOf(command: RunCommand, stacks: readonly StackEntry[]): readonly string[] | undefined {
  if (command === "destroy" && stacks.some(({ kind }) => kind !== "service")) return undefined;
  return stacks.flatMap((stack) => (stack.service !== undefined && goes(command, stack) ? [stack.service] : []));
}

/** A service that is retired has nothing that could run, and loses all that it had. */
function goes(command: RunCommand, { release }: StackEntry): boolean {
  return command === "destroy" || ((command === "apply" || command === "rehearse") && release === undefined);
}
