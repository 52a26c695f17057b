import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import { parseReleases, type Releases } from "@paved/model";
import type { Workspace } from "./workspace";

/** Where an environment's released digests are written down, relative to the workspace. */
export function releasesFile(environment: string): string {
  return `environments/${environment}/releases.json`;
}

/** What is released to an environment; nothing where the file is not there. @throws PavedError PVD1020 */
export function readReleases({ root }: Workspace, environment: string): Releases {
  const file = releasesFile(environment);
  const full = path.join(root, file);
  return existsSync(full) ? releasesIn(readFileSync(full, "utf8"), file) : {};
}

/** What the text of such a file says. @throws PavedError PVD1020 */
export function releasesIn(text: string, file: string): Releases {
  return parseReleases(contentOf(text), file);
}

/** Writes them, in the order of names. @throws PavedError PVD1020 */
export function writeReleases({ root }: Workspace, environment: string, releases: Releases): void {
  const file = releasesFile(environment);
  const sorted = Object.entries(parseReleases(releases, file)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  writeAtomically(path.join(root, file), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** What a file of JSON says; text when it is none, which is refused like anything else that has no digests. */
function contentOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
