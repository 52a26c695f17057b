import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { driftReportCommand } from "../src/commands/drift-report";
import { graphCommand } from "../src/commands/graph";
import { impactCommand } from "../src/commands/impact";
import { outputFile } from "../src/commands/output-file";
import { pullRequestCommand } from "../src/commands/pipeline";
import { run, sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const folder = path.join(workspace.root, "written");
const at = (...names: readonly string[]) => path.join(folder, ...names);
beforeAll(() => {
  mkdirSync(folder);
  writeFileSync(at("file"), "old");
});

const bad: readonly (readonly [string, string, RegExp])[] = [
  ["a directory that is not there", at("none", "x.md"), /no directory/],
  ["a directory", folder, /a directory/],
  ["below a file", at("file", "x.md"), /ENOTDIR/],
  ["no name", "", /an empty name/],
];

test.each(bad)("%s cannot be written, whichever command is to", async (_what, file, got) => {
  const commands = [
    [impactCommand, "output", { base: "HEAD", format: "html" }],
    [graphCommand, "output", { format: "dot" }],
    [pullRequestCommand, "comment", { base: "HEAD" }],
  ] as const;
  for (const [command, option, more] of commands) {
    const ended = run(command, workspace, { options: { ...more, [option]: file } });
    await expect(ended).rejects.toThrow(new RegExp(`^PVD4003 --${option}: got .*(${got.source})`));
  }
});

test("a file that exists is replaced whole, a link stays one, and nothing is left beside them", () => {
  symlinkSync(at("file"), at("link"));
  outputFile({ output: at("link") }, "output")!.write("new");
  expect([readFileSync(at("file"), "utf8"), readlinkSync(at("link"))]).toEqual(["new", at("file")]);
  outputFile({ output: at("fresh") }, "output")!.write("text");
  expect(readFileSync(at("fresh"), "utf8")).toBe("text");
  expect(readdirSync(folder).toSorted()).toEqual(["file", "fresh", "link"]);
});

test("what is no plain file is written into, not replaced", () => {
  outputFile({ output: "/dev/null" }, "output")!.write("new");
  expect(execFileSync("stat", ["-c", "%F", "/dev/null"], { encoding: "utf8" })).toMatch(/character special file/);
});

test("what the disk refuses later is no mistake of Paved either", () => {
  mkdirSync(at("gone"));
  const file = outputFile({ output: at("gone", "x") }, "output")!;
  rmSync(at("gone"), { recursive: true });
  writeFileSync(at("gone"), "");
  expect(() => file.write("x")).toThrow(/^PVD4003 --output: got .*gone\/x: E/);
});

test.each([
  ["impact", impactCommand, "html"],
  ["impact", impactCommand, "table"],
  ["drift", driftReportCommand, "markdown"],
])(
  "%s is in one form: --json with --format is refused, with all else that is wrong",
  async (_name, command, format) => {
    const ended = run(command, workspace, { options: { json: true, format, output: folder, concurrency: "none" } });
    await expect(ended).rejects.toThrow(
      new RegExp(`^PVD4003 --json: got --json with --format ${format}.*\nPVD4003 --`),
    );
  },
);
