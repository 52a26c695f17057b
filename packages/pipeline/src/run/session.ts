import { rehearse } from "./rehearse";
import type { RunResult } from "./result";
import { run, type RunOptions } from "./run";
import { openSandbox, type ProviderSandbox } from "../sandbox/provider-sandbox";
import type { Mode, Workspace } from "../workspace/workspace";

/** {@link run} with everything it needs opened and closed: in sandbox mode, the offline providers. */
export async function runInSession(options: Omit<RunOptions, "providers">): Promise<RunResult> {
  const { workspace, mode = "sandbox", command } = options;
  return withProviders(workspace, mode, (providers) =>
    command === "rehearse" ? rehearse({ ...options, providers }) : run({ ...options, providers }),
  );
}

/** Does work with the offline providers in sandbox mode, and without any otherwise. */
export async function withProviders<T>(
  workspace: Workspace,
  mode: Mode,
  work: (providers?: ProviderSandbox) => Promise<T>,
): Promise<T> {
  if (mode === "live") return work();
  const providers = await openSandbox(workspace);
  try {
    return await work(providers);
  } finally {
    await providers.close();
  }
}
