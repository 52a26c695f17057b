import type { StackClusters } from "./clusters";
import type { Workspace } from "../workspace/workspace";

/** Names an object of the sandbox as its provider does. */
export interface ObjectKey {
  readonly type: string;
  readonly id: string;
}

/** Providers that serve one stack while its engine runs. */
export interface ProviderSession {
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
  close(): Promise<void> | void;
}

/** What the pipeline asks of `@paved/sandbox`; written down here so that the sandbox is loaded only when it is used. */
export interface ProviderSandbox {
  session(wanted: {
    readonly stack: string;
    readonly resources: readonly string[];
    readonly dataSources: readonly string[];
  }): Promise<ProviderSession>;
  /** Removes objects of the stack that its state does not know. */
  removeOrphans(stack: string, known: readonly ObjectKey[]): unknown;
  /** Lets objects of the stack go, which stay and belong to no stack. */
  release(stack: string, leaving: readonly ObjectKey[]): void;
  close(): Promise<void> | void;
}

/**
 * The sandbox of a workspace.
 * @param clusters where Kubernetes objects are. @default - in the sandbox's own store
 */
export async function openSandbox(
  workspace: Workspace,
  clusters?: StackClusters,
): Promise<import("@paved/sandbox").Sandbox> {
  const { Sandbox } = await import("@paved/sandbox");
  const clusterOf = clusters && ((stack: string) => clusters.of(stack));
  return Sandbox.open({ directory: workspace.store, cacheDirectory: workspace.cache, clusterOf });
}
