import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { firstCommits } from "../src/git/first-commits";
import { Workspace } from "../src/workspace/workspace";

const home = mkdtempSync(path.join(tmpdir(), "paved-commits-"));
const workspace = new Workspace(path.join(home, "repository"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const git = (...words: readonly string[]): void => {
  const who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  execFileSync("git", [...who, ...words], { cwd: workspace.root, stdio: "pipe" });
};
const at = (file: string) => path.join(workspace.root, file);
const commit = (date: string): void => {
  git("add", ".");
  git("commit", "--quiet", "--message", "A change", "--date", date);
};

test("fails with PVD4003 outside of a repository", () => {
  mkdirSync(at("services"), { recursive: true });
  expect(() => firstCommits(workspace, ["services"])).toThrow(
    /^PVD4003 history: got .*, want a repository of Git, with its whole history; /,
  );
});

test("each file of the folders has the time of the commit that added it, in whatever zone that was written", () => {
  git("init", "--quiet");
  writeFileSync(at("services/orders.ts"), "1");
  writeFileSync(at("services/the old.ts"), "a file that is moved");
  writeFileSync(at("elsewhere.ts"), "1");
  commit("2027-03-01T10:00:00+02:00");
  writeFileSync(at("services/orders.ts"), "2");
  renameSync(at("services/the old.ts"), at("services/neu€.ts"));
  writeFileSync(at("services/pricing.ts"), "1");
  commit("2027-03-02T10:00:00Z");
  const found = firstCommits(workspace, ["services", "environments"]);
  expect([...found].toSorted().map(([file, time]) => [file, new Date(time).toISOString()])).toEqual([
    ["services/neu€.ts", "2027-03-02T10:00:00.000Z"],
    ["services/orders.ts", "2027-03-01T08:00:00.000Z"],
    ["services/pricing.ts", "2027-03-02T10:00:00.000Z"],
    ["services/the old.ts", "2027-03-01T08:00:00.000Z"],
  ]);
});

test("a workspace that is a folder of its repository has names from there", () => {
  const inner = new Workspace(at("services"));
  expect([...firstCommits(inner, ["."]).keys()]).toContain("orders.ts");
});

test("fails with PVD4003 in a shallow clone, where every file would be as old as that", () => {
  const clone = path.join(home, "clone");
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${workspace.root}`, clone], { stdio: "pipe" });
  expect(() => firstCommits(new Workspace(clone), ["services"])).toThrow(/^PVD4003 history: got a shallow clone, /);
});
