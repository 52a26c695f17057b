import { spawn, spawnSync, type SpawnSyncOptions } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Ended, sampleWorkspace } from "./sample-workspace";

const bin = path.join(__dirname, "..", "bin", "paved.js");

const { root } = sampleWorkspace();

function paved(...words: string[]): Ended {
  return start(["-C", root, ...words], {});
}

function start(words: readonly string[], options: SpawnSyncOptions, flags: readonly string[] = []): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, bin, ...words], {
    ...options,
    encoding: "utf8",
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** A module for `--require`, with this text. */
function preload(name: string, text: string): string[] {
  const file = path.join(root, `${name}.cjs`);
  writeFileSync(file, text);
  return ["--require", file];
}

test("help loads the parser and nothing else: no command's work, no cdktf, no bundler", () => {
  // Built already, or the bundler would be loaded to do so.
  expect(paved("--version").code).toBe(0);
  const list = 'process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));';
  const { out, err } = start(["--help"], {}, preload("loaded", list));
  expect(out).toContain("Usage: paved");
  const loaded = (JSON.parse(err) as string[]).map((file) => path.relative(path.join(__dirname, ".."), file));
  expect(loaded.filter((file) => !file.endsWith("loaded.cjs"))).toEqual(["bin/paved.js", "build.js", "dist/main.js"]);
  // What is bundled into that file is no module of its own any more.
  const map = JSON.parse(readFileSync(path.join(__dirname, "../dist/main.js.map"), "utf8")) as { sources: string[] };
  const outside = map.sources
    .filter((file) => !file.startsWith("../src/"))
    .map((file) => file.replace(/.*node_modules\//, ""));
  expect([...new Set(outside.map((file) => file.split("/")[0]))].toSorted()).toEqual(["..", "commander", "picocolors"]);
});

test("an unknown command ends with 2 and the likely one, in the words of any other error", () => {
  expect(paved("plna")).toEqual({
    code: 2,
    out: "",
    err: "PVD4003 paved: got plna, want a command; did you mean plan?\n",
  });
});

test("without any command, help is on standard error and the end is one of wrong usage", () => {
  expect(start([], {})).toEqual({ code: 2, out: "", err: expect.stringMatching(/^Usage: paved /) });
});

test("fails with PVD4003 on wrong usage with --json, as the same object as any error", () => {
  const { code, out, err } = paved("plan", "--evn", "dev", "--json");
  expect({ code, err }).toEqual({ code: 2, err: "" });
  expect(JSON.parse(out)).toEqual({
    errors: [
      {
        code: "PVD4003",
        title: "wrong usage",
        where: "paved plan",
        got: "--evn",
        want: "an option",
        fix: "did you mean --env?",
      },
    ],
  });
});

test.each([
  ["--help --json", 49],
  ["sandbox --help --json", 7],
  ["plan --json -h", 1],
  ["help plan --json", 1],
])("paved %s prints the commands as data", (line, count) => {
  const { code, out } = start(line.split(" "), {});
  const { commands, exitCodes } = JSON.parse(out) as { commands: object[]; exitCodes: { code: number }[] };
  expect({ code, count: commands.length }).toEqual({ code: 0, count });
  expect(exitCodes.map((exit) => exit.code)).toEqual([0, 1, 2, 3, 130]);
});

test("fails with PVD4003 when -C names no directory, and does not take another workspace instead", () => {
  expect(start(["-C", path.join(root, "none"), "list", "--no-synth"], {})).toEqual({
    code: 2,
    out: "",
    err: `PVD4003 --directory: got ${path.join(root, "none")}, want a directory; name one that is there\n`,
  });
});

test("what goes wrong, but not with the command line, ends with 1", () => {
  mkdirSync(path.join(root, "bare"), { recursive: true });
  writeFileSync(path.join(root, "bare", "cdktf.json"), "{}");
  const { code, err } = start(["list", "--no-synth"], { cwd: path.join(root, "bare") });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^PVD2009 cdktf\.out\/paved\.json: /) });
});

describe("an error that is nobody's", () => {
  // No command asks whether that is a file.
  const { root: odd } = sampleWorkspace();
  mkdirSync(path.join(odd, "environments", "dev", "permissions", "odd.txt"), { recursive: true });
  const words = ["check", "--no-synth", "-C", odd];

  test("fails with PVD4004 in one line, without a trace", () => {
    expect(start(words, {})).toEqual({
      code: 1,
      out: "",
      err:
        "PVD4004 paved check: got Error: EISDIR: illegal operation on a directory, read, want a command that says itself what is wrong; " +
        "this is a mistake in Paved: report it, with what PAVED_DEBUG=1 shows\n",
    });
  });

  test("is the same object as any other with --json", () => {
    const { code, out } = start([...words, "--json"], {});
    expect({ code, errors: JSON.parse(out) }).toMatchObject({ code: 1, errors: { errors: [{ code: "PVD4004" }] } });
  });

  test("has its trace with PAVED_DEBUG=1, with lines of the sources", () => {
    const { err } = start(words, { env: { ...process.env, PAVED_DEBUG: "1" } });
    expect(err).toMatch(/^Error: EISDIR:[^]*src\/commands\/check\.ts:\d+[^]*\nPVD4004 paved check: /);
  });
});

describe("output that is damaged, with --no-synth", () => {
  const commands = [
    "list",
    "environments",
    "check",
    "graph",
    "deviations",
    "adoption",
    "metrics",
    "plan",
    "explain orders",
    "sandbox objects",
  ];
  const { root: damaged } = sampleWorkspace();
  const file = path.join(damaged, "cdktf.out", "paved.json");

  test.each(commands)("fails with PVD2009 in one line: paved %s", (line) => {
    writeFileSync(file, '{"version":1,"stacks":[]}');
    const { code, err } = start([...line.split(" "), "--no-synth", "-C", damaged], {});
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^PVD2009 cdktf\.out\/paved\.json environments: got nothing, .*\n$/),
    });
  });
});

describe("the event log", () => {
  const { root: fresh } = sampleWorkspace();
  writeFileSync(path.join(fresh, "cdktf.out", "paved.json"), "{}");
  const log = path.join(fresh, ".paved", "events.jsonl");

  test.each(["list --no-synth", "plan --evn", "plan --no-synth --live --state s3"])(
    "has nothing of what only looks, or of a wrong command line: paved %s",
    (line) => {
      expect(start([...line.split(" "), "-C", fresh], {}).code).toBeGreaterThan(0);
      expect(existsSync(log)).toBe(false);
    },
  );

  test("has a line of a command that is an event when it has ended, here without having begun", () => {
    expect(start(["plan", "--no-synth", "--live", "-C", fresh], {}).code).toBe(1);
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(lines.map((text) => JSON.parse(text) as object)).toMatchObject([
      { command: "plan", place: "live", outcome: "failed", codes: ["PVD2009"], stacks: [] },
    ]);
  });
});

test("Ctrl-C before a run has begun ends at once with 130", () => {
  const stop =
    'process.on("newListener", (name) => name === "SIGINT" && setImmediate(() => process.kill(process.pid, name)));';
  expect(start(["-C", root, "doctor"], {}, preload("stop", stop))).toEqual({ code: 130, out: "", err: "stopped\n" });
});

test("a reader that has read enough is no error", async () => {
  const child = spawn(process.execPath, [bin, "-C", root, "graph", "--no-synth", "--format", "svg"]);
  child.stdout.destroy();
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, said }).toEqual({ code: 0, said: "" });
});

test("fails with PVD4003 on a concurrency that is no number", () => {
  expect(paved("plan", "--no-synth", "--concurrency", "many")).toMatchObject({
    code: 2,
    err: "PVD4003 --concurrency: got many, want a whole number from 1 to 64; leave it out for 2\n",
  });
});

test("an unknown environment and an unknown service are both said, with the likely ones", () => {
  const { code, out, err } = paved("list", "--no-synth", "--env", "prodution", "--service", "order");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^PVD1001 --env.*did you mean production\?$/m);
  expect(err).toMatch(/^PVD4001 --service.*did you mean orders\?$/m);
});

test("with --json an error is the same object, on standard output", () => {
  const { code, out, err } = paved("list", "--no-synth", "--env", "prodution", "--json");
  expect({ code, err }).toEqual({ code: 2, err: "" });
  expect(JSON.parse(out)).toMatchObject({ errors: [{ code: "PVD1001", fix: "did you mean production?" }] });
});

test.each([
  [["list", "--no-synth", "--json"], "services"],
  [["explain", "orders", "--no-synth", "--json"], "explanations"],
  [["explain", "PVD1003", "--json"], "title"],
  [["graph", "--no-synth", "--format", "json"], "edges"],
  [["doctor", "--json"], "checks"],
  [["sandbox", "objects", "--no-synth", "--json"], "objects"],
  [["metrics", "--no-synth", "--to", "production", "--json"], "metrics"],
  [["help", "--json"], "commands"],
])("%j prints one JSON document and nothing else", (words, key) => {
  expect(JSON.parse(paved(...words).out)).toHaveProperty(key);
});

test("a file is written in the directory of -C, and said on standard error", () => {
  expect(paved("graph", "--no-synth", "--format", "dot", "--output", "stacks.dot")).toEqual({
    code: 0,
    out: "",
    err: "wrote stacks.dot\n",
  });
  expect(readFileSync(path.join(root, "stacks.dot"), "utf8")).toMatch(/^digraph stacks \{[^]*\}\n$/);
});

test("nothing that is printed into a pipe has an escape code", () => {
  for (const words of [["list", "--no-synth"], ["explain", "orders", "--no-synth"], ["doctor"]]) {
    const { out, err } = paved(...words);
    expect(out.length).toBeGreaterThan(20);
    expect(out + err).not.toContain("\u001b");
  }
});

test("destroying asks first, and without anybody to ask it is refused", () => {
  expect(paved("destroy", "--no-synth", "--env", "dev")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^PVD4003 confirmation: got nobody to ask/),
  });
});
