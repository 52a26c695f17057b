import { rehearse } from "./rehearse";
import type { RunResult } from "./result";
import { run, type RunOptions } from "./run";
import { type Access, withAccess } from "../sandbox/access";

/** What {@link runInSession} works on, and with. */
export interface SessionOptions extends Omit<RunOptions, keyof Access> {
  /** Told what goes on before the first stack begins. @default - nobody is */
  readonly progress?: (line: string) => void;
}

/** {@link run} with everything it needs opened and closed: in sandbox mode, the offline providers, and the S3 for states. */
export async function runInSession({ progress, ...options }: SessionOptions): Promise<RunResult> {
  const { workspace, mode = "sandbox", fleet } = options;
  return withAccess({ workspace, mode, stacks: fleet.stacks, progress }, (access) => {
    const opened = { ...options, ...access };
    return options.command === "rehearse" ? rehearse(opened) : run(opened);
  });
}
