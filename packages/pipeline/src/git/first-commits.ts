import type { Workspace } from "../workspace/workspace";
import { git } from "./git";
import { HISTORY, refuseShallow } from "./history";

/**
 * When each file of some folders was first committed, by the author's clock, in milliseconds since 1970. A file that was
 * renamed has its new name since then.
 * @param folders relative to the workspace, as the files in the result
 * @throws PavedError PVD4003 where there is no repository, or a shallow clone: every file would be as old as that
 */
export function firstCommits(workspace: Workspace, folders: readonly string[]): ReadonlyMap<string, number> {
  refuseShallow(workspace);
  const words = ["log", "--diff-filter=A", "--no-renames", "--relative", "--name-only", "-z", "--format=%x01%aI"];
  const commits = git(workspace, [...words, "--", ...folders], HISTORY)
    .split("\u0001")
    .slice(1);
  const first = new Map<string, number>();
  for (const commit of commits) {
    // The time, then a line end and names, each ended by a zero character.
    const [time = "", ...files] = commit.split("\0").map((part) => part.replace(/^\n/, ""));
    const at = Date.parse(time);
    for (const file of files.filter((name) => name !== "")) first.set(file, Math.min(at, first.get(file) ?? at));
  }
  return first;
}
