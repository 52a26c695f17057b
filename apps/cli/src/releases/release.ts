import { readReleases, releasesFile, writeReleases } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import type { AskedService } from "./released-service";

/** What an environment is to run. */
export interface WantedRelease extends AskedService {
  readonly digest: string;
  /** Where the digest is from, for who reads the report: `{ from: "dev" }`. @default - nothing is said */
  readonly origin?: Readonly<Record<string, string>>;
}

/** Writes a release down, and says what was done, for a person or as JSON. @throws PavedError PVD1020 */
export function release({ workspace, terminal, options }: CommandContext, wanted: WantedRelease): void {
  const { service, environment, digest, origin = {} } = wanted;
  const releases = readReleases(workspace, environment);
  const before = releases[service];
  const file = releasesFile(environment);
  const changed = before !== digest;
  if (changed) writeReleases(workspace, environment, { ...releases, [service]: digest });
  const report = { service, environment, ...origin, digest, before: before ?? null, written: changed ? [file] : [] };
  if (options["json"] === true) return terminal.out(JSON.stringify(report, null, 2));
  const from = Object.entries(origin).map(([what, name]) => ` (${what} ${name})`);
  terminal.out(`${service} in ${environment}: ${changed ? `${before ?? "nothing"} -> ` : ""}${digest}${from.join("")}`);
  terminal.out(changed ? `wrote ${file}: commit it, and have it merged` : "as it was released before");
}
