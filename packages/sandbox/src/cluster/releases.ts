import type { HelmRelease, HelmReleaseName, WantedHelmRelease } from "@paved/model";

/** What Helm refuses, or takes back. */
export interface ReleaseRefusal extends Error {
  readonly release: HelmReleaseName;
}

/**
 * Helm itself, on a real cluster. What it refuses is thrown as a {@link ReleaseRefusal}; that the cluster does not answer, as a
 * PavedError.
 */
export interface Releases {
  /** @returns undefined when there is no such release */
  read(release: HelmReleaseName): Promise<HelmRelease | undefined>;
  /**
   * Installs a release, or upgrades it to be so, and waits until it is ready. One that does not get ready is taken back.
   * @param signal ends the wait, which throws what it was aborted with; the release is taken back then too
   */
  write(release: WantedHelmRelease, signal?: AbortSignal): Promise<HelmRelease>;
  /**
   * Takes a release away with all that it made. One that is not there is gone already.
   * @param signal ends the wait, which throws what it was aborted with
   */
  remove(release: HelmReleaseName, signal?: AbortSignal): Promise<void>;
}

/** Whether Helm said no, rather than nothing. */
export function isReleaseRefusal(error: unknown): error is ReleaseRefusal {
  return error instanceof Error && typeof (error as Partial<ReleaseRefusal>).release === "object";
}
