import type { Finding, FleetIndex, Releases, StackEntry } from "@paved/model";
import { commitOf, gitEnded, inHistory } from "../git/git";
import { readReleases, releasesFile, releasesIn } from "../workspace/releases-file";
import type { Workspace } from "../workspace/workspace";

/**
 * PVD2023 for each service that is retired while an image of it is released: its namespace would be destroyed under what delivers to
 * it, which then lets go of it no more. What is not released leaves Git with the next delivery; so it is two changes.
 * @param base revision of Git whose releases count, so that both are not one change. @default - those of the workspace
 * @throws PavedError PVD4003 for a base that Git does not know, PVD1020 for releases that cannot be read
 */
export function stillRunning(workspace: Workspace, index: FleetIndex, base?: string): readonly Finding[] {
  const retired = index.stacks.filter(({ service, release }) => service !== undefined && release === undefined);
  if (retired.length === 0) return [];
  const commit = base === undefined ? undefined : commitOf(workspace, base, "--base");
  const sources = new Map(index.services.map(({ name, source }) => [name, source]));
  return retired
    .filter(({ environment, service }) => Object.hasOwn(releasesOf(workspace, environment, commit), service!))
    .map((stack) => finding(stack, { base, source: sources.get(stack.service!) }));
}

/** An environment that is new has none at the base. */
function releasesOf(workspace: Workspace, environment: string, commit: string | undefined): Releases {
  if (commit === undefined) return readReleases(workspace, environment);
  const file = releasesFile(environment);
  const { code, stdout } = gitEnded(workspace, ["show", `${commit}:./${file}`], inHistory("--base"));
  return code === 0 ? releasesIn(stdout, file) : {};
}

function finding(
  { environment, service }: StackEntry,
  { base, source }: { readonly base: string | undefined; readonly source: string | undefined },
): Finding {
  const at = base === undefined ? "" : ` at ${base}`;
  return {
    code: "PVD2023",
    where: `${releasesFile(environment)} ${service}${at}`,
    source,
    got: "a released image of a service that is retired",
    want: "nothing that is delivered to a namespace when that is destroyed",
    fix: "take the line out in a change of its own, and retire the service once that is applied and delivered",
  };
}
