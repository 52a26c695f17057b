import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeStamp } from "@paved/go";
import { ensureEngine } from "../src/engine/ensure";
import { findEngine } from "../src/engine/find";
import { pinnedTofu, tofuModule } from "../src/engine/pinned-tofu";
import { isAtLeast } from "../src/engine/version";
import { Workspace } from "../src/workspace/workspace";

let workspace: Workspace;
let bin: string;
let told: string[];

beforeEach(() => {
  workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-engine-")));
  mkdirSync(workspace.engineModule);
  writeFileSync(path.join(workspace.engineModule, "go.mod"), "require github.com/opentofu/opentofu v1.12.6\n");
  bin = path.join(workspace.root, "path");
  mkdirSync(bin);
  told = [];
});

afterEach(() => rmSync(workspace.root, { recursive: true, force: true }));

const progress = (line: string): void => void told.push(line);

/** A program for a fake PATH. */
function program(directory: string, name: string, script: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(directory, name), 0o755);
}

const tofu = (version: string): string => `echo "OpenTofu v${version}"`;

/** Stands in for Go: "builds" a program that reports the pinned version, after saying what Go says. */
const GO = `if [ "$1" = list ]; then echo "github.com/opentofu/opentofu/internal/addrs"; exit; fi
echo "go: downloading github.com/opentofu/opentofu v1.12.6" >&2
echo "github.com/opentofu/opentofu/internal/addrs" >&2
echo built >> "${"$"}(dirname "$0")/builds"
/bin/sleep 0.3
while [ "$1" != "-o" ]; do shift; done
printf '#!/bin/sh\\necho "OpenTofu v1.12.6"\\n' > "$2/tofu"
/bin/chmod +x "$2/tofu"`;

test("fails with PVD2001 when neither tofu nor go is there", async () => {
  await expect(ensureEngine(workspace, { searchPath: bin, progress })).rejects.toThrow(
    "PVD2001 PATH: got neither tofu nor go, want OpenTofu 1.11.0 or newer, or Go to build the pinned one; install Go",
  );
});

test("fails with PVD2001 with Go's own words when go cannot build it", async () => {
  program(bin, "go", 'echo "dial tcp: lookup proxy.invalid: no such host" >&2; exit 1');
  await expect(ensureEngine(workspace, { searchPath: bin, progress })).rejects.toThrow(
    /PVD2001.*no such host.*GOPROXY/,
  );
  expect(readdirSync(workspace.binaries)).toEqual([]);
});

test("a tofu on the path that is new enough is used", async () => {
  program(bin, "tofu", tofu("1.11.0"));
  const engine = await ensureEngine(workspace, { searchPath: bin, progress });
  expect(engine).toEqual({ binary: path.join(bin, "tofu"), version: "1.11.0", from: "path" });
});

test("a tofu on the path that is too old counts as absent and is reported with PVD2002", async () => {
  program(bin, "tofu", tofu("1.10.9"));
  const { engine, rejected } = await findEngine(workspace, bin);
  expect(engine).toBeUndefined();
  expect(rejected).toEqual([{ binary: path.join(bin, "tofu"), code: "PVD2002", version: "1.10.9" }]);
});

test("a binary that was built from another go.mod is not used", async () => {
  program(workspace.binaries, "tofu", tofu("1.12.6"));
  const module = tofuModule(workspace);
  writeStamp(module, module.programs[0]!);
  expect((await findEngine(workspace, "")).engine).toMatchObject({ from: "built", version: "1.12.6" });
  writeFileSync(path.join(workspace.engineModule, "go.mod"), "require github.com/opentofu/opentofu v1.13.0\n");
  expect((await findEngine(workspace, "")).engine).toBeUndefined();
});

test("a build leaves the binary, its stamp and nothing else, and is not repeated", async () => {
  program(bin, "go", GO);
  const first = await ensureEngine(workspace, { searchPath: bin, progress });
  const second = await ensureEngine(workspace, { searchPath: bin, progress });
  expect(second).toEqual(first);
  expect(readdirSync(workspace.binaries).toSorted()).toEqual(["tofu", "tofu.go-mod.sha256"]);
  expect(readFileSync(path.join(bin, "builds"), "utf8")).toBe("built\n");
  expect(told.at(-1)).toMatch(/^OpenTofu: linking, 1 packages compiled, \d+ s$/);
});

test("two builds at once build it once", async () => {
  program(bin, "go", GO);
  const engines = await Promise.all([1, 2].map(() => ensureEngine(workspace, { searchPath: bin, progress })));
  expect(engines[0]).toEqual(engines[1]);
  expect(readFileSync(path.join(bin, "builds"), "utf8")).toBe("built\n");
  expect(told).toContainEqual(expect.stringMatching(/^waiting: process \d+ of .* is building OpenTofu/));
});

test("what a killed build left behind is removed by the next one", async () => {
  program(bin, "go", GO);
  mkdirSync(workspace.binaries, { recursive: true });
  const left = path.join(workspace.binaries, "tofu.999999999.tmp");
  writeFileSync(left, "half");
  await ensureEngine(workspace, { searchPath: bin, progress });
  expect(existsSync(left)).toBe(false);
});

test("the engine module pins one exact version, which the built binary reports", async () => {
  const shipped = new Workspace(path.join(__dirname, "../../.."));
  const { engine } = await findEngine(shipped, "");
  expect(pinnedTofu(shipped)).toMatch(/^\d+\.\d+\.\d+$/);
  expect([undefined, pinnedTofu(shipped)]).toContain(engine?.version);
});

test.each([
  ["1.11.0", true],
  ["1.11.0-rc1", false],
  ["1.10.9", false],
  ["1.12.6", true],
  ["2.0.0", true],
])("OpenTofu %s is new enough: %s", (version, expected) => {
  expect(isAtLeast(version, "1.11.0")).toBe(expected);
});
