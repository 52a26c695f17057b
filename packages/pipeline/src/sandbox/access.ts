import { openClusters } from "./clusters";
import { openSandbox, type ProviderSandbox } from "./provider-sandbox";
import { openStateServer, type StateAccess } from "../state-server/open";
import type { FleetStack } from "../workspace/fleet";
import type { Mode, Workspace } from "../workspace/workspace";

/** What engines reach in place of the cloud; nothing where they are to reach the cloud. */
export interface Access {
  readonly providers?: ProviderSandbox;
  readonly stateAccess?: StateAccess;
}

/** Which engines are to have access, and to what. */
export interface AccessOptions {
  readonly workspace: Workspace;
  readonly mode: Mode;
  /** Every stack that may be looked at. */
  readonly stacks: readonly FleetStack[];
  /** Told what goes on before the first stack begins. @default - nobody is */
  readonly progress?: (line: string) => void;
}

/**
 * Does `work` with access to the sandbox: its providers, and its S3 if states are there.
 * @throws PavedError PVD6003 when the S3 cannot be installed or started
 */
export async function withAccess<T>(options: AccessOptions, work: (access: Access) => Promise<T>): Promise<T> {
  const { workspace, mode, stacks, progress = () => {} } = options;
  if (mode === "live") return work({});
  const stateAccess = await openStateServer(workspace, stacks, progress);
  const clusters = await openClusters(workspace, stacks, progress);
  const providers = await openSandbox(workspace, clusters);
  try {
    return await work({ providers, stateAccess });
  } finally {
    await providers.close();
    clusters.close();
  }
}
