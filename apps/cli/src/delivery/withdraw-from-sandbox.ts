import { accessIn, ApiClient, settledStatus } from "@paved/control-plane";
import { type Delivery, withdraw } from "@paved/delivery";
import type { Workspace } from "@paved/pipeline";
import { awaitGone } from "./await-gone";
import { PATIENCE_SECONDS } from "./patiently";

/** What is no longer delivered in the sandbox. */
export interface SandboxWithdrawal {
  readonly workspace: Workspace;
  readonly environment: string;
  /** @default - all that are delivered */
  readonly services?: readonly string[];
  /** Find out what would go, and change nothing. @default false */
  readonly dryRun?: boolean;
  /** Seconds until it is no longer waited for. @default 180 */
  readonly patience?: number;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Takes services out of the repository of an environment's control plane, and waits until Argo CD or Flux has taken away what it
 * delivered of them.
 * @returns nothing when nothing delivers there, or its control plane does not run whole
 * @throws PavedError as `withdraw` and `awaitGone` do
 */
export async function withdrawFromSandbox(withdrawal: SandboxWithdrawal): Promise<Delivery | undefined> {
  const { workspace, environment, patience = PATIENCE_SECONDS, ...common } = withdrawal;
  const { services, dryRun, progress, signal } = common;
  const { state, delivery, kubeconfig } = await settledStatus(workspace, environment, progress);
  if (state !== "ready" || delivery === undefined) return undefined;
  const { by, folder, branch, repository } = delivery;
  const withdrawn = await withdraw({ environment, repository: folder, branch, ...common });
  if (dryRun !== true) {
    const gone = withdrawn.changes.units.filter(({ isService }) => isService).map(({ unit }) => unit);
    if (gone.length > 0) progress(`out of Git first: ${gone.join(", ")}`);
    const client = new ApiClient(accessIn(kubeconfig!, `${environment}-administrator`)!);
    try {
      await awaitGone({ environment, by, client, services, patienceMs: patience * 1000, progress, signal });
    } finally {
      client.close();
    }
  }
  return { ...withdrawn, repository };
}
