interface Root {
  readonly resource?: {
    readonly helm_release?: Readonly<
      Record<string, { readonly chart: string; readonly name: string; readonly values?: readonly string[] }>
    >;
  };
}

/** A release of a chart, with the values that it is given. */
export interface ReleaseValues<T> {
  readonly name: string;
  readonly values: T;
}

/**
 * The releases of a chart in the roots of an environment.
 * @param roots OpenTofu roots, as text
 */
export function releasesIn<T>(roots: readonly string[], chart: string): readonly ReleaseValues<T>[] {
  return roots
    .flatMap((json) => Object.values((JSON.parse(json) as Root).resource?.helm_release ?? {}))
    .filter((release) => release.chart === chart)
    .flatMap(({ name, values = [] }) => values.map((text) => ({ name, values: JSON.parse(text) as T })));
}
