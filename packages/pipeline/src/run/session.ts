import { rehearse } from "./rehearse";
import type { RunResult } from "./result";
import { run, type RunOptions } from "./run";
import { openSandbox } from "../sandbox/provider-sandbox";

/** {@link run} with everything it needs opened and closed: in sandbox mode, the offline providers. */
export async function runInSession(options: Omit<RunOptions, "providers">): Promise<RunResult> {
  if (options.mode === "live") return run(options);
  const providers = await openSandbox(options.workspace);
  try {
    return await (options.command === "rehearse"
      ? rehearse({ ...options, providers })
      : run({ ...options, providers }));
  } finally {
    await providers.close();
  }
}
