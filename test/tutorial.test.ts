import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SCAFFOLDS } from "@paved/scaffold";
import { RepositoryWorkspace } from "./repository-workspace";

jest.setTimeout(600_000);

/** The README's way from nothing to staging, as it is written there, for each golden path. */
const readme = fs.readFileSync(path.join(__dirname, "..", "README.md"), "utf8");
const [, section = ""] = /\n## From nothing to staging\n([\s\S]*?)\n## /.exec(readme) ?? [];
const [[first = "", ...then] = [], others = []] = [...section.matchAll(/```\n([\s\S]*?)\n```/g)].map(([, block]) =>
  block!.split("\n"),
);
const nameOf = (line: string): string => /--name (\S+)/.exec(line)![1]!;
const TUTORIALS = [first, ...others].map((line) => {
  const [, goldenPath] = /--golden-path (\S+)/.exec(line)!;
  return { goldenPath, commands: [line, ...then.map((each) => each.replaceAll(nameOf(first), nameOf(line)))] };
});

// `paved new` puts the service's repository beside this one.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paved-tutorial-"));
const workspace = new RepositoryWorkspace(folder);
workspace.git("config", "user.name", "t");
workspace.git("config", "user.email", "t@example.com");

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** As somebody types it. */
function type(line: string): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
    cwd: workspace.directory,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (status !== 0) throw new Error(`${line} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

test("every golden path has a first line, and three commands do", () => {
  expect(TUTORIALS.map(({ goldenPath }) => goldenPath).toSorted()).toEqual(
    SCAFFOLDS.map(({ name }) => name).toSorted(),
  );
  for (const { commands } of TUTORIALS) expect(commands).toHaveLength(3);
});

test.each(TUTORIALS)("$goldenPath goes from nothing to applied in staging", ({ commands }) => {
  workspace.git("switch", "--quiet", "main");
  workspace.paved("sandbox", "reset");
  const [, , rehearsed] = commands.map(type);
  const name = nameOf(commands[0]!);
  expect(rehearsed).toMatch(/; every second plan is empty; /);
  expect(rehearsed).toMatch(new RegExp(`\\| staging-${name} +\\| applied `));
  expect(fs.existsSync(path.join(folder, name, "README.md"))).toBe(true);
  expect(workspace.git("status", "--short")).toBe("");
});
