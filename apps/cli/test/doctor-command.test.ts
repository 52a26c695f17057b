import fs, { mkdirSync } from "node:fs";
import path from "node:path";
import { doctorCommand } from "../src/commands/doctor";
import { run, sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const searchPath = process.env["PATH"];
beforeEach(() => {
  jest.spyOn(fs, "statfsSync").mockReturnValue({ bavail: 9 * 1024, bsize: 1024 ** 2 } as fs.StatsFs);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env["PATH"] = searchPath;
});

/** A report of this machine with what differs between machines taken out. */
async function doctor(options = {}) {
  const { code, out, err } = await run(doctorCommand, workspace, { options });
  const same = out.replaceAll(/v\d+\.\d+\.\d+/g, "v<version>");
  return { code, err, out: same.replaceAll(/work in [^\s"]+/g, "work in <directory>") };
}

test("on a machine with nothing it begins with what is missing, and says how to install each", async () => {
  const empty = path.join(workspace.root, "empty");
  mkdirSync(empty, { recursive: true });
  process.env["PATH"] = empty;
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(out).toMatchInlineSnapshot(`
   "missing: npm, git, OpenTofu, Go
     ok       Node.js       v<version>
     missing  npm           not on the PATH
                            -> install it with Node.js: https://nodejs.org
     missing  git           not on the PATH
                            -> install it: https://git-scm.com/downloads
     missing  OpenTofu      none (PVD2001)
                            -> install OpenTofu (https://opentofu.org/docs/intro/install), or Go for Paved to build it
     missing  Go            not on the PATH
                            -> install Go 1.22 or newer: https://go.dev/dl
     ok       disk space    9.0 GiB free
     ok       unix sockets  work in <directory>
     ok       sandbox       0 objects in 0 stacks
     ok       Kubernetes    not built; paved sandbox up builds it with Go, once, and only it needs it
     ok       event log     0 events in .paved/events.jsonl"
  `);
});

test("as JSON every check has what was found, and the missing ones a fix", async () => {
  process.env["PATH"] = "";
  const { code, out, err } = await doctor({ json: true });
  expect({ code, err }).toEqual({ code: 1, err: "" });
  const { ok, checks } = JSON.parse(out) as {
    ok: boolean;
    checks: Record<"name" | "status" | "found" | "fix", string>[];
  };
  expect(ok).toBe(false);
  const missing = checks.filter(({ status }) => status === "missing");
  expect(missing.map(({ name }) => name)).toEqual(["npm", "git", "OpenTofu", "Go"]);
  for (const { name, found } of checks) expect({ name, found }).toEqual({ name, found: expect.stringMatching(/./) });
  for (const { name, fix } of missing) expect({ name, fix }).toEqual({ name, fix: expect.stringMatching(/^install /) });
});
