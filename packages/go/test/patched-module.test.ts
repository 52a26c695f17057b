import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findExecutable } from "@paved/machine";
import { PavedError } from "@paved/model";
import { buildPrograms, fileOf, isCurrent, type PinnedModule } from "../src";

const root = mkdtempSync(path.join(tmpdir(), "paved-go-patches-"));
const go = findExecutable("go", process.env["PATH"] ?? "")!;
const MODULE = "example.com/tiny";
const settings = {
  GOPROXY: `file://${path.join(root, "proxy")}`,
  GOMODCACHE: path.join(root, "cache"),
  GONOSUMDB: "*",
  GOTOOLCHAIN: "local",
};
const before = Object.fromEntries(Object.keys(settings).map((name) => [name, process.env[name]]));
const files = {
  "main.go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("0.0.0.0:80") }\n',
  "shell/wrapper.sh": "#!/bin/sh\n",
};

const program = { name: "tiny", package: `${MODULE}/cmd/tiny` };
const pinned: PinnedModule = {
  name: "tiny",
  title: "Tiny",
  folder: path.join(root, "pin"),
  requirement: MODULE,
  programs: [program],
  files: ["shell/wrapper.sh"],
  patches: [{ file: "cmd/tiny/main.go", from: "0.0.0.0", to: "127.0.0.1" }],
  binaries: path.join(root, "bin"),
};

beforeAll(() => {
  Object.assign(process.env, settings);
  publish({
    "go.mod": `module ${MODULE}\n\ngo 1.22\n`,
    "cmd/tiny/main.go": files["main.go"],
    "shell/wrapper.sh": files["shell/wrapper.sh"],
  });
  mkdirSync(pinned.folder);
  writeFileSync(path.join(pinned.folder, "go.mod"), `module pin\n\ngo 1.22\n\nrequire ${MODULE} v1.0.0\n`);
  // Go's own cache may not be written to, and could not be removed.
  const flags = ["-mod=mod", "-modcacherw"];
  execFileSync(go, ["list", ...flags, program.package], {
    cwd: pinned.folder,
    env: { ...process.env, ...settings },
    stdio: "pipe",
  });
}, 60_000);
beforeEach(() => rmSync(pinned.binaries, { recursive: true, force: true }));
afterAll(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(root, { recursive: true, force: true });
});

/** Puts a version of the module where Go looks for it: its own protocol, in files. */
function publish(contents: Readonly<Record<string, string>>): void {
  const place = path.join(root, "proxy", MODULE, "@v");
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, "v1.0.0.info"), JSON.stringify({ Version: "v1.0.0" }));
  writeFileSync(path.join(place, "v1.0.0.mod"), contents["go.mod"]!);
  const script = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name, text in json.load(sys.stdin).items(): archive.writestr("${MODULE}@v1.0.0/" + name, text)`;
  const zip = path.join(place, "v1.0.0.zip");
  execFileSync("python3", ["-c", script, zip], { input: JSON.stringify(contents) });
}

const refuse = (got: string, fix = "reach it"): PavedError =>
  new PavedError({ code: "PVD9001", where: "engine/tiny/go.mod", got, want: "tiny", fix });
const build = (module: PinnedModule): Promise<void> =>
  buildPrograms(module, [program], { go, refuse, progress: () => {} });

test("a patched module is built as it was patched, with the files that it needs, and the copy goes", async () => {
  await build(pinned);
  expect(execFileSync(path.join(pinned.binaries, "tiny"), { encoding: "utf8" })).toBe("127.0.0.1:80\n");
  expect(readdirSync(pinned.binaries).toSorted()).toEqual(["tiny", "tiny.files", "tiny.go-mod.sha256"]);
  expect(readFileSync(fileOf(pinned, "shell/wrapper.sh"), "utf8")).toBe("#!/bin/sh\n");
}, 60_000);

test("what was built with another patch, or whose files are gone, is not used", async () => {
  await build(pinned);
  expect(isCurrent(pinned, program)).toBe(true);
  expect(isCurrent({ ...pinned, patches: [] }, program)).toBe(false);
  expect(isCurrent({ ...pinned, toolchain: "go1.99.0" }, program)).toBe(false);
  rmSync(fileOf(pinned, "shell"), { recursive: true });
  expect(isCurrent(pinned, program)).toBe(false);
}, 60_000);

test.each([
  ["cmd/tiny/main.go", "::", 0],
  ["cmd/tiny/main.go", "main", 2],
  ["cmd/tiny/other.go", "0.0.0.0", 0],
])(
  "a patch that does not fit %s by %j is refused, and nothing is built",
  async (file, from, times) => {
    await expect(build({ ...pinned, patches: [{ file, from, to: "" }] })).rejects.toThrow(
      `PVD9001 engine/tiny/go.mod: got the patch of ${MODULE} does not fit: ${from} is ${times} times in ${file}, not once, want tiny; have the patch say what is in that version`,
    );
    expect(readdirSync(pinned.binaries)).toEqual([]);
  },
  60_000,
);
