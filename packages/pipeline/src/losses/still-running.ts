import type { Finding, FleetIndex, Releases, StackEntry } from "@paved/model";
import { commitOf, git, inHistory } from "../git/git";
import { readReleases, releasesFile, releasesIn } from "../workspace/releases-file";
import type { Workspace } from "../workspace/workspace";
import { isRetired } from "./retired";

/**
 * PVD2023 for each service that is retired while an image of it is released: its namespace would be destroyed under what delivers to
 * it, which then lets go of it no more. What is not released leaves Git with the next delivery; so it is two changes.
 * @param base revision of Git whose releases count too, so that both are not one change. @default - those of the workspace alone
 * @throws PavedError PVD4003 for a base that Git does not know, PVD1020 for releases that cannot be read
 */
export function stillRunning(workspace: Workspace, index: FleetIndex, base?: string): readonly Finding[] {
  const retired = index.stacks.filter(isRetired);
  if (retired.length === 0) return [];
  const commit = base === undefined ? undefined : commitOf(workspace, base, "--base");
  const sources = new Map(index.services.map(({ name, source }) => [name, source]));
  return retired.flatMap((stack) => {
    const { environment, service } = stack;
    const isIn = (releases: Releases): boolean => Object.hasOwn(releases, service!);
    const source = sources.get(service!);
    if (isIn(readReleases(workspace, environment))) return [finding(stack, { source })];
    const isBefore = commit !== undefined && isIn(releasesAt(workspace, environment, commit));
    return isBefore ? [finding(stack, { source, base })] : [];
  });
}

/** An environment that is new has none there. */
function releasesAt(workspace: Workspace, environment: string, commit: string): Releases {
  const file = releasesFile(environment);
  const history = inHistory("--base");
  if (git(workspace, ["ls-tree", "--name-only", commit, "--", file], history) === "") return {};
  return releasesIn(git(workspace, ["show", `${commit}:./${file}`], history), file);
}

function finding(
  { environment, service }: StackEntry,
  { base, source }: { readonly base?: string | undefined; readonly source: string | undefined },
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
