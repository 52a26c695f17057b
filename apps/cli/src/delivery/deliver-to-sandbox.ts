import { type Delivery, deliver } from "@paved/delivery";
import { isPassing, onceStarted } from "@paved/control-plane";
import { type Deliverer, type EnvironmentEntry, syncWindowInWords } from "@paved/model";
import type { Fleet, Workspace } from "@paved/pipeline";
import { type AppliedApplication, awaitSync } from "./await-sync";
import { notAnswering } from "./not-answering";
import { PATIENCE_SECONDS } from "./patiently";
import { bringBootstrap, manifestsFor, sandboxPlace } from "./sandbox-place";

/** What came of a delivery to the sandbox. */
export interface SandboxDelivery extends Delivery {
  /** What delivers. */
  readonly by: Deliverer;
  /** What that made of it; none when it was only tried. */
  readonly applications: readonly AppliedApplication[];
}

/** What is delivered. */
export interface SandboxDeliveryOptions {
  readonly workspace: Workspace;
  readonly fleet: Fleet;
  readonly environment: EnvironmentEntry;
  readonly dryRun: boolean;
  /** Seconds until it is no longer waited for. @default 180 */
  readonly patience?: number;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Delivers an environment's manifests to the repository of its control plane in the sandbox, and waits until Argo CD has
 * synced them, or Flux has applied them, and all is healthy, for as long as is said.
 * @throws PavedError as `sandboxPlace`, `bringBootstrap`, `deliver` and `awaitSync` do
 */
export async function deliverToSandbox(options: SandboxDeliveryOptions): Promise<SandboxDelivery> {
  const { workspace, fleet, environment, dryRun, patience = PATIENCE_SECONDS, progress, signal } = options;
  const place = await sandboxPlace(workspace, environment);
  try {
    const { syncWindow } = environment.delivery;
    if (syncWindow !== undefined) progress(`synced at any time here, and not only at ${syncWindowInWords(syncWindow)}`);
    if (!dryRun) await onceStarted(place.client, () => bringBootstrap(workspace, fleet, place, signal), signal);
    const { folder: repository, branch } = place.address;
    const files = manifestsFor(place, fleet);
    // Whichever branch is rehearsed after whichever other: nothing is newer than what is at hand.
    const pushed = await deliver({
      files,
      environment: environment.name,
      repository,
      branch,
      dryRun,
      progress,
      signal,
    });
    const done = { ...pushed, by: place.address.by, repository: place.address.repository };
    const commit = done.commit ?? done.before;
    if (dryRun || commit === undefined) return { ...done, applications: [] };
    const units = [...new Set(files.map(({ unit }) => unit))].filter((unit) => !unit.startsWith("_"));
    const changed = new Set(done.changes.units.map(({ unit }) => unit));
    const delivered = { commit, before: done.commit && done.before, changed };
    const { client } = place;
    const asked = { by: place.address.by, client, delivered, units, patienceMs: patience * 1000, progress, signal };
    return { ...done, applications: await awaitSync({ environment: environment.name, ...asked }) };
  } catch (error) {
    throw isPassing(error) ? notAnswering(environment.name, error) : error;
  } finally {
    place.client.close();
  }
}
