/** What there is to say about a golden path before one is made: what documentation, the command line and forms show. */
export interface GoldenPath {
  /** For example `node-api`. */
  readonly name: string;
  /** Goes up when what a service file may say changes its meaning. */
  readonly version: number;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly summary: string;
  /** A service of the fleet that shows it, relative to the workspace. */
  readonly example: string;
}

/** `node-api@1` */
export function goldenPathId(path: Pick<GoldenPath, "name" | "version">): string {
  return `${path.name}@${path.version}`;
}
