/** Which release of a Helm chart. */
export interface HelmReleaseName {
  readonly name: string;
  readonly namespace: string;
}

/** A release of a chart that is in the repository, as a stack asks for it. */
export interface WantedHelmRelease extends HelmReleaseName {
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
export interface HelmRelease extends HelmReleaseName {
  /** Name of the chart, for example `objects`. */
  readonly chart: string;
  /** Version of the chart. */
  readonly version: string;
  readonly appVersion: string;
  /** 1 when it was installed, and one more with every upgrade. */
  readonly revision: number;
  /** For example `deployed` or `failed`. */
  readonly status: string;
  /** Seconds since 1970. */
  readonly firstDeployed: number;
  /** Seconds since 1970. */
  readonly lastDeployed: number;
}

const OF_REPOSITORY = "./charts/";

/** How a release names a chart of the repository. @param name of its folder in `modules/charts` */
export function repositoryChart(name: string): string {
  return OF_REPOSITORY + name;
}

/** Whether a chart is a folder of the repository, and not one that is fetched. @param chart as a release names it */
export function isRepositoryChart(chart: string | undefined): boolean {
  return chart?.startsWith(OF_REPOSITORY) === true;
}
