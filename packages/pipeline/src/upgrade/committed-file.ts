import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { apartFromHooks, gitEnded } from "../git/git";
import { Workspace } from "../workspace/workspace";

/**
 * What a file says at the last commit of another repository.
 * @param directory the top folder of the repository
 * @returns nothing where there is no repository with a commit, or where it has no such file
 */
export function committedFile(directory: string, file: string): string | undefined {
  if (!existsSync(directory)) return undefined;
  const environment = apartFromHooks(process.env);
  const call = { where: directory, want: "a repository", fix: "look at what Git says", environment };
  const place = new Workspace(directory);
  const top = gitEnded(place, ["rev-parse", "--show-toplevel"], call);
  if (top.code !== 0 || path.resolve(top.stdout.trim()) !== realpathSync(directory)) return undefined;
  const { code, stdout } = gitEnded(place, ["cat-file", "blob", `HEAD:${file}`], call);
  return code === 0 ? stdout : undefined;
}
