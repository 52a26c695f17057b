import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { lastCommitWith, withFolderAt, Workspace } from "../src";

const home = mkdtempSync(path.join(tmpdir(), "paved-past-folder-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function git(directory: string, ...words: string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  return execFileSync("git", [...who, ...words], { cwd: directory, encoding: "utf8" }).trim();
}

/** A repository with a workspace in a folder of its own, and a folder in that. */
const repository = path.join(home, "repository");
const workspace = new Workspace(path.join(repository, "platform"));
const commits: string[] = [];
function commit(version: number, text: string): void {
  const folder = path.join(workspace.root, "made", "from");
  mkdirSync(path.join(folder, "files"), { recursive: true });
  writeFileSync(path.join(folder, "version"), String(version));
  writeFileSync(path.join(folder, "files", "${{ name }}.txt"), text);
  git(repository, "add", "--all");
  git(repository, "commit", "-qm", `${version}: ${text}`);
  commits.push(git(repository, "rev-parse", "HEAD"));
}
beforeAll(() => {
  mkdirSync(repository);
  git(repository, "init", "-q", "-b", "main");
  commit(1, "first");
  commit(1, "second");
  // A branch on which the files are changed before the version is: one step of main.
  git(repository, "switch", "-qc", "branch");
  commit(1, "half of two");
  commit(2, "two");
  git(repository, "switch", "-q", "main");
  git(repository, "merge", "-q", "--no-ff", "--no-edit", "branch");
});

const find = (version: number, where = workspace) =>
  lastCommitWith(where, { folder: "made/from", file: "version", fits: (text) => text === String(version) });

test("what a version was is what it was last, and not what a branch had half way to the next", () => {
  expect(find(1)).toEqual({ commit: commits[1], text: "1" });
});

test("a version that there never was is not found", () => {
  expect(find(3)).toBeUndefined();
});

test("the folder is had as it was at the commit, and nothing of it is left", async () => {
  let there = "";
  const got = await withFolderAt(workspace, commits[1]!, "made/from", (directory) => {
    there = path.dirname(directory);
    return readFileSync(path.join(directory, "files", "${{ name }}.txt"), "utf8");
  });
  expect(got).toBe("second");
  expect(readdirSync(path.dirname(there))).not.toContain(path.basename(there));
  expect(git(repository, "status", "--short")).toBe("");
});

test("fails with PVD4003 in a shallow clone that does not have it, and says what to do", () => {
  const clone = path.join(home, "clone");
  git(home, "clone", "-q", "--depth", "1", `file://${repository}`, clone);
  const shallow = new Workspace(path.join(clone, "platform"));
  expect(find(2, shallow)?.commit).toBe(git(clone, "rev-parse", "HEAD"));
  expect(() => find(1, shallow)).toThrow(/PVD4003 .*a shallow clone.*git fetch --unshallow/);
});
