/** Where people and machines of the pipeline run OpenTofu: the lock holds the hash of every package for each of these. */
export const LOCKED_PLATFORMS = [
  "darwin_amd64",
  "darwin_arm64",
  "linux_amd64",
  "linux_arm64",
  "windows_amd64",
] as const;

/** One provider, as a lock file has it. */
export interface LockedProvider {
  /** For example `registry.opentofu.org/hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  /** Hashes of its packages (`h1:`) and of what they are delivered in (`zh:`). */
  readonly hashes: readonly string[];
  /** Its block, as it is written. */
  readonly text: string;
}

const BLOCK = /^provider "([^"]+)" \{\n[\s\S]*?^\}\n?/gm;

/** The providers of a lock file, in the form that OpenTofu writes it. */
export function lockedProviders(lock: string): readonly LockedProvider[] {
  return [...lock.matchAll(BLOCK)].map(([text, source = ""]) => ({
    source,
    version: /^\s*version\s*=\s*"([^"]+)"/m.exec(text)?.[1] ?? "",
    hashes: [...text.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash]) => hash as string),
    text,
  }));
}

/** What of a lock file is about these providers: OpenTofu refuses one that also names others, when it may not change it. */
export function lockOf(lock: string, sources: readonly string[]): string {
  return lockedProviders(lock)
    .filter(({ source }) => sources.includes(source))
    .map(({ text }) => text)
    .join("\n");
}
