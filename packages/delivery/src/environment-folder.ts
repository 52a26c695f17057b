import type { Listing } from "./changes";
import type { TreeEntry } from "./scratch-repository";

/** The folder of the delivery repository that an environment's cluster reads. */
export class EnvironmentFolder {
  /** For example `gitops/dev/`. */
  readonly path: string;

  constructor(environment: string) {
    this.path = `gitops/${environment}/`;
  }

  /** Whether a file is in it. One in the place of the folder, or of the one that is around it, gives way to it as well. */
  has({ path }: TreeEntry): boolean {
    return path.startsWith(this.path) || this.path.startsWith(`${path}/`);
  }

  /** Path within it; that of a file in its place stays as it is. */
  within(path: string): string {
    return path.startsWith(this.path) ? path.slice(this.path.length) : path;
  }

  listing(entries: readonly TreeEntry[]): Listing {
    return new Map(entries.map(({ mode, id, path }) => [this.within(path), `${mode} ${id}`]));
  }
}
