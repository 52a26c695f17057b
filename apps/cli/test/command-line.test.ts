import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { index } from "./sample-fleet";

const bin = path.join(__dirname, "..", "bin", "paved.js");

/** A workspace that was synthesized before. */
const root = mkdtempSync(path.join(tmpdir(), "paved-cli-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeAll(() => {
  writeFileSync(path.join(root, "cdktf.json"), "{}");
  mkdirSync(path.join(root, "cdktf.out"));
  writeFileSync(path.join(root, "cdktf.out", "paved.json"), JSON.stringify(index));
  for (const { name } of index.stacks) {
    const directory = path.join(root, "cdktf.out", "stacks", name);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, "cdk.tf.json"), "{}");
  }
});

function paved(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "-C", root, ...words], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

test("help loads neither cdktf nor the bundler nor any command's work", () => {
  const list = path.join(root, "loaded.cjs");
  writeFileSync(list, 'process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));');
  // Built already, or the bundler would be loaded to do so.
  expect(paved("--version").code).toBe(0);
  const { stdout, stderr } = spawnSync(process.execPath, ["--require", list, bin, "--help"], { encoding: "utf8" });
  expect(stdout).toContain("Usage: paved");
  const loaded = stderr.split("\n").map((file) => path.relative(path.join(__dirname, "../../.."), file));
  expect(loaded).toContain("apps/cli/dist/main.js");
  expect(loaded.filter((file) => /node_modules|commands\.js/.test(file))).toEqual([]);
});

test("an unknown command ends with 2 and the likely one", () => {
  expect(paved("plna")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Did you mean plan?") });
});

test("fails with PVD4003 on wrong usage with --json, as the same object as any error", () => {
  const { code, out } = paved("plan", "--evn", "dev", "--json");
  expect(code).toBe(2);
  expect(JSON.parse(out)).toEqual({
    errors: [
      {
        code: "PVD4003",
        title: "wrong usage",
        where: "paved",
        got: expect.stringContaining("unknown option '--evn'"),
        want: "a known command line",
        fix: "see paved --help",
      },
    ],
  });
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
  [["help", "--json"], "commands"],
])("%j prints one JSON document and nothing else", (words, key) => {
  expect(JSON.parse(paved(...words).out)).toHaveProperty(key);
});

test("a file is written only when asked for", () => {
  const file = path.join(root, "stacks.svg");
  expect(paved("graph", "--no-synth", "--format", "svg", "--output", file)).toEqual({
    code: 0,
    out: "",
    err: `wrote ${file}\n`,
  });
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
