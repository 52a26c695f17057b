/** Which release of a chart. */
export interface ReleaseName {
  readonly name: string;
  readonly namespace: string;
}

/** A release of a chart that is in the repository, as a stack asks for it. */
export interface WantedRelease extends ReleaseName {
  /** For example `./charts/objects`. */
  readonly chart: string;
  /** Values as texts in YAML, of which a later one takes precedence. */
  readonly values: readonly string[];
  /** Until it has to be ready. */
  readonly timeoutSeconds: number;
  /** Revisions that are kept; 0 keeps all. */
  readonly maxHistory: number;
}

/** A release as Helm knows it. */
export interface ClusterRelease extends ReleaseName {
  /** Name of the chart, for example `objects`. */
  readonly chart: string;
  /** Version of the chart. */
  readonly version: string;
  readonly appVersion: string;
  /** How often it was installed or upgraded. */
  readonly revision: number;
  /** For example `deployed`. */
  readonly status: string;
  /** Seconds since 1970. */
  readonly firstDeployed: number;
  /** Seconds since 1970. */
  readonly lastDeployed: number;
}

/** What Helm refuses, or takes back. */
export interface ReleaseRefusal extends Error {
  readonly release: ReleaseName;
}

/**
 * Helm itself, on a real cluster. What it refuses is thrown as a {@link ReleaseRefusal}; that the cluster does not answer, as a
 * PavedError.
 */
export interface Releases {
  /** @returns undefined when there is no such release */
  read(release: ReleaseName): Promise<ClusterRelease | undefined>;
  /**
   * Installs a release, or upgrades it to be so, and waits until it is ready. One that does not get ready is taken back.
   * @param signal ends the wait, which throws what it was aborted with; the release is taken back then too
   */
  write(release: WantedRelease, signal?: AbortSignal): Promise<ClusterRelease>;
  /**
   * Takes a release away with all that it made. One that is not there is gone already.
   * @param signal ends the wait, which throws what it was aborted with
   */
  remove(release: ReleaseName, signal?: AbortSignal): Promise<void>;
}

const OWN_CHARTS = "./charts/";

/** Whether a chart is a folder of the repository, and not one that is fetched. @param chart as a release names it */
export function isOfRepository(chart: string | undefined): boolean {
  return chart?.startsWith(OWN_CHARTS) === true;
}

/** How a release names a chart of the repository. */
export function ofRepository(name: string): string {
  return OWN_CHARTS + name;
}

/** Whether Helm said no, rather than nothing. */
export function isReleaseRefusal(error: unknown): error is ReleaseRefusal {
  return error instanceof Error && typeof (error as Partial<ReleaseRefusal>).release === "object";
}
