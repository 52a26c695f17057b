import { type Delivery, withdraw } from "@paved/delivery";
import { awaitGone } from "./await-gone";
import { PATIENCE_SECONDS } from "./patiently";
import type { DeliveringPlace } from "./sandbox-place";

/** What is no longer delivered in the sandbox. */
export interface SandboxWithdrawal {
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
 * @throws PavedError as `withdraw` and `awaitGone` do
 */
export async function withdrawFromSandbox(
  { environment, address, client }: DeliveringPlace,
  { patience = PATIENCE_SECONDS, ...withdrawal }: SandboxWithdrawal,
): Promise<Delivery> {
  const { services, progress, signal } = withdrawal;
  const { by, folder, branch, repository } = address;
  const withdrawn = await withdraw({ environment, repository: folder, branch, ...withdrawal });
  const done = { ...withdrawn, repository };
  if (withdrawal.dryRun === true) return done;
  const gone = withdrawn.changes.units.filter(({ isService }) => isService).map(({ unit }) => unit);
  if (gone.length > 0) progress(`out of Git first: ${gone.join(", ")}`);
  const commit = withdrawn.commit ?? withdrawn.before;
  await awaitGone({ environment, by, client, services, commit, patienceMs: patience * 1000, progress, signal });
  return done;
}
