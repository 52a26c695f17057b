import { type FleetStack, isKept, isRetired, type RunCommand, withDependencies, type Workspace } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import { deliveringNow } from "./sandbox-place";
import { stoppable, unlessStopped } from "./stoppable";
import { withdrawFromSandbox } from "./withdraw-from-sandbox";

/** What is about to run in the sandbox. */
interface Run {
  readonly command: RunCommand;
  readonly workspace: Workspace;
  readonly stacks: readonly FleetStack[];
  /** Stacks of it that are known to be refused. */
  readonly refused: readonly FleetStack[];
}

/**
 * What a run in the sandbox is to destroy leaves Git first, and is waited for: Argo CD could not let go of what it delivers to a
 * namespace that is gone. What is known to be refused stays, with all that it stands on.
 * @throws PavedError as `deliveringNow` and `withdrawFromSandbox` do
 */
export async function withdrawFirst({ terminal }: CommandContext, run: Run): Promise<void> {
  const { workspace, stacks } = run;
  for (const environment of new Set(stacks.map((stack) => stack.environment))) {
    const own = stacks.filter((stack) => stack.environment === environment);
    const services = goingOf(run, own);
    if (services?.length === 0) continue;
    const progress = (line: string): void => terminal.err(`${environment}: ${line}`);
    await stoppable(async (signal) => {
      const place = await unlessStopped(signal, deliveringNow(workspace, environment, terminal.err));
      try {
        if (place !== undefined) await withdrawFromSandbox(place, { services, progress, signal });
      } finally {
        place?.client.close();
      }
    }, "withdrawal");
  }
}

/** Services that a run destroys; all there are, by no name, where it destroys what they stand on too. */
function goingOf({ command, refused }: Run, stacks: readonly FleetStack[]): readonly string[] | undefined {
  if (command !== "destroy") return command === "plan" ? [] : servicesOf(stacks.filter(isRetired));
  const kept = stacks.filter((stack) => refused.includes(stack) || isKept(stack));
  const staying = withDependencies(stacks, kept);
  const going = stacks.filter((stack) => !staying.includes(stack));
  return going.some(({ kind }) => kind !== "service") && staying.length === 0 ? undefined : servicesOf(going);
}

function servicesOf(stacks: readonly FleetStack[]): readonly string[] {
  return stacks.flatMap(({ service }) => service ?? []);
}
