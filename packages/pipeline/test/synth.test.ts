import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { synth, synthAnd, synthFleet } from "../src/synth/synth";
import { Workspace } from "../src/workspace/workspace";
import { environmentEntry } from "@paved/testing/src/environment-entry";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "paved-pipeline-"));
  mkdirSync(path.join(root, "stacks", "src"), { recursive: true });
  const ours = path.join(__dirname, "../../..");
  cpSync(path.join(ours, "stacks/build.mjs"), path.join(root, "stacks/build.mjs"));
  symlinkSync(path.join(ours, "node_modules"), path.join(root, "node_modules"));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

/** What was passed on to standard error. */
let said: () => string;
beforeEach(() => {
  const { mock } = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
  said = () => mock.calls.map(([text]) => String(text)).join("");
});

async function findings(main?: string): Promise<readonly string[]> {
  if (main !== undefined) writeFileSync(path.join(root, "stacks", "src", "main.ts"), main);
  const error: unknown = await synth(new Workspace(root)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PavedError)) throw error;
  return error.findings.map(({ code, where, source, got }) => `${code} ${source ?? where}: ${got}`);
}

test("fails with PVD2008 on every syntax error and missing import at once, each with its line", async () => {
  expect(await findings('import { a } from "./a";\nimport { b } from "./b";\nconsole.log(a, b);\n')).toEqual([
    'PVD2008 stacks/src/main.ts:1: Could not resolve "./a"',
    'PVD2008 stacks/src/main.ts:2: Could not resolve "./b"',
  ]);
});

test("fails with PVD1020 on a releases file that is no JSON", async () => {
  mkdirSync(path.join(root, "environments", "dev"), { recursive: true });
  writeFileSync(path.join(root, "environments", "dev", "releases.json"), '{ "orders": "sha');
  expect(await findings('import all from "../../environments/dev/releases.json";\nconsole.log(all);\n')).toEqual([
    "PVD1020 environments/dev/releases.json:1: Unterminated string literal",
  ]);
});

test("fails with PVD2008 on a crash, with what went wrong", async () => {
  expect(await findings('throw new TypeError("no such size");\n')).toEqual([
    expect.stringMatching(
      /^PVD2008 stacks\/src\/main\.ts: an end with 1 before all was written: TypeError: no such size at /,
    ),
  ]);
});

test("fails with PVD2008 where there is nothing to synthesize", async () => {
  rmSync(path.join(root, "stacks"), { recursive: true });
  expect(await findings()).toEqual(["PVD2008 stacks/build.mjs: no such file"]);
});

test("fails with PVD2008 on a crash with a message of several lines, with all of them", async () => {
  expect(await findings('throw new Error("two things:\\n  one\\n  other");\n')).toEqual([
    expect.stringContaining("before all was written: Error: two things: one other at "),
  ]);
});

test("fails with PVD2008 when it ends well and has not said that it wrote all, whatever stands there", async () => {
  mkdirSync(path.join(root, "cdktf.out"));
  writeFileSync(path.join(root, "cdktf.out", "paved.json"), INDEX);
  expect(await findings("process.exit(0);\n")).toEqual([
    "PVD2008 stacks/src/main.ts: an end with 0 before all was written",
  ]);
});

test("what synth itself finds comes through as it is, whatever is printed", async () => {
  const finding = { code: "PVD1004", where: "stacks/services/b.ts", got: "two", want: "one", fix: "rename it" };
  const main = `console.log("debug"); process.send({ errors: [${JSON.stringify(finding)}] }, () => process.exit(1));\n`;
  expect(await findings(main)).toEqual(["PVD1004 stacks/services/b.ts: two"]);
  expect(said()).toBe("debug\n");
});

const INDEX = JSON.stringify({
  version: 1,
  environments: [environmentEntry("dev")],
  stacks: [],
  services: [],
});

/** A synth that writes the index where it is told to, and says so. */
const WRITES = `
  import fs from "node:fs";
  fs.mkdirSync("own");
  fs.writeFileSync("own/paved.json", ${JSON.stringify(INDEX)});
  console.log("to standard output");
  console.error("to standard error");
  process.send({ written: "own" });
  process.once("message", (answer) => { fs.writeFileSync("answer", answer); process.exit(0); });\n`;

test("what this run wrote is read before it is published, and what it printed is passed on", async () => {
  writeFileSync(path.join(root, "stacks", "src", "main.ts"), WRITES);
  const answered = await synthAnd(new Workspace(root), ({ output, index }) => ({
    output,
    index: readFileSync(index, "utf8"),
    published: existsSync(path.join(root, "answer")),
  }));
  expect(answered).toEqual({ output: path.join(root, "own"), index: INDEX, published: false });
  expect(readFileSync(path.join(root, "answer"), "utf8")).toBe("publish");
  expect(said().split("\n").toSorted()).toEqual(["", "to standard error", "to standard output"]);
});

test("what cannot be read of it is not published", async () => {
  writeFileSync(path.join(root, "stacks", "src", "main.ts"), WRITES);
  const read = () => {
    throw new Error("not readable");
  };
  await expect(synthAnd(new Workspace(root), read)).rejects.toThrow("not readable");
  expect(readFileSync(path.join(root, "answer"), "utf8")).toBe("discard");
});

describe("the last synth", () => {
  const index = { ...(JSON.parse(INDEX) as object), goldenPaths: [] };
  /** A synth that notes that it ran, and publishes when it is told to. */
  const publishes = (before = ""): void =>
    writeFileSync(
      path.join(root, "stacks", "src", "main.ts"),
      `${before}import fs from "node:fs";
      fs.appendFileSync("ran", "x");
      fs.mkdirSync("own/gitops", { recursive: true });
      fs.writeFileSync("own/paved.json", ${JSON.stringify(JSON.stringify(index))});
      process.send({ written: "own" });
      process.once("message", () => {
        fs.rmSync("cdktf.out", { recursive: true, force: true });
        fs.renameSync("own", "cdktf.out");
        process.exit(0);
      });
`,
    );
  const ran = (): number => readFileSync(path.join(root, "ran"), "utf8").length;
  const fleet = () => synthFleet(new Workspace(root));
  const output = (...parts: string[]): string => path.join(root, "cdktf.out", ...parts);
  beforeEach(() => publishes());

  test("is taken again while it was made from the same", async () => {
    const first = await fleet();
    expect(await fleet()).toEqual(first);
    expect(ran()).toBe(1);
  });

  test.each<[string, () => void]>([
    ["a line of the sources has another number", () => publishes("\n")],
    ["what it wrote was changed", () => writeFileSync(output("paved.json"), JSON.stringify(index, null, 2))],
    ["something was put beside it", () => writeFileSync(output("gitops", "more.yaml"), "")],
    ["something of it is gone", () => rmSync(output("paved.json"))],
    ["nothing of it is there", () => rmSync(output(), { recursive: true })],
    ["its note cannot be read", () => writeFileSync(path.join(root, ".paved", "cache", "synth.json"), "{")],
  ])("is made anew when %s", async (_, disturb) => {
    await fleet();
    disturb();
    await fleet();
    expect(ran()).toBe(2);
  });

  test("stands when a run has left its report beside it", async () => {
    await fleet();
    writeFileSync(output("run.json"), "{}");
    await fleet();
    expect(ran()).toBe(1);
  });

  test("is made anew when that is what was asked for", async () => {
    await synth(new Workspace(root));
    await synth(new Workspace(root));
    expect(ran()).toBe(2);
  });

  test("is not known after one that failed", async () => {
    await fleet();
    writeFileSync(path.join(root, "stacks", "src", "main.ts"), "process.exit(0);");
    await expect(fleet()).rejects.toThrow("PVD2008");
    publishes();
    await fleet();
    expect(ran()).toBe(2);
  });
});
