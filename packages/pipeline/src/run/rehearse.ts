import { writeAtomically } from "@paved/machine";
import { toReport, type RunResult } from "./result";
import { run, type RunOptions } from "./run";

/** Rehearses stacks with the real engine and writes `cdktf.out/run.json`. */
export async function rehearse(options: Omit<RunOptions, "command" | "mode">): Promise<RunResult> {
  const result = await run({ ...options, command: "rehearse", mode: "sandbox" });
  writeAtomically(options.workspace.runReport, `${JSON.stringify(toReport(result), null, 2)}\n`);
  return result;
}
