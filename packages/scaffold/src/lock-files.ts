/** A file that a program derives from another one, and that nobody merges by hand. */
export interface LockFile {
  readonly file: string;
  /** What it is derived from, directly or by way of another lock file. */
  readonly from: readonly string[];
  /** The command that makes it anew. */
  readonly command: string;
}

const compile = (file: string, from: readonly string[]): LockFile => ({
  file,
  from,
  command: `uv pip compile ${from[0]} --python-version 3.11 --generate-hashes --no-annotate --no-header --output-file ${file}`,
});

/** Lock files that repositories of services have, whichever scaffold made them. */
export const LOCK_FILES: readonly LockFile[] = [
  { file: "package-lock.json", from: ["package.json"], command: "npm install --package-lock-only --ignore-scripts" },
  compile("requirements.txt", ["requirements.in"]),
  compile("requirements-dev.txt", ["requirements-dev.in", "requirements.in"]),
];
