import fs, { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { Workspace } from "@paved/pipeline";
import { checkDisk, checkSandbox, checkSockets } from "../src/doctor/machine";
import { checkEngine, checkNode, checkProgram } from "../src/doctor/programs";

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "paved-cli-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A program on a search path of its own that prints one line. */
function program(name: string, line: string): string {
  const directory = path.join(root, `bin-${name}`);
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, name);
  writeFileSync(file, `#!/bin/sh\necho '${line}'\n`);
  chmodSync(file, 0o755);
  return directory;
}

test.each([
  ["v20.19.0", "ok"],
  ["v22.1.0", "ok"],
  ["v20.18.3", "missing"],
  ["v18.20.0", "missing"],
])("Node.js %s is %s", (version, status) => {
  const check = checkNode(version);
  expect(check.status).toBe(status);
  expect(check.fix === undefined).toBe(status === "ok");
});

test("a program is named with its version and its place, or with how to install it", async () => {
  const there = program("git", "git version 2.47.3");
  expect(await checkProgram("git", there, "install it")).toEqual({
    name: "git",
    status: "ok",
    found: `git version 2.47.3 (${path.join(there, "git")})`,
  });
  expect(await checkProgram("git", root, "install it")).toEqual({
    name: "git",
    status: "missing",
    found: "not on the PATH",
    fix: "install it",
  });
});

test("without OpenTofu and Go, both are missing and each says how to install it", async () => {
  expect(await checkEngine(new Workspace(root), root)).toEqual([
    expect.objectContaining({ name: "OpenTofu", status: "missing", fix: expect.stringContaining("opentofu.org") }),
    expect.objectContaining({ name: "Go", status: "missing", fix: expect.stringContaining("go.dev") }),
  ]);
});

test("with Go alone, OpenTofu is built later: a warning", async () => {
  const go = program("go", "go version go1.24.1 linux/amd64");
  const checks = await checkEngine(new Workspace(root), go);
  expect(checks.map(({ name, status }) => [name, status])).toEqual([
    ["OpenTofu", "warning"],
    ["Go", "ok"],
  ]);
});

test("an OpenTofu that is too old is said to be unused, with its code", async () => {
  const old = program("tofu", '{"terraform_version":"1.8.0"}');
  const [rejected] = await checkEngine(new Workspace(root), old);
  expect(rejected).toMatchObject({ status: "warning", found: expect.stringContaining("PVD2002") });
});

test("room on the disk, sockets and the sandbox of this machine", async () => {
  expect(checkDisk(root, true)).toMatchObject({ status: "ok", found: expect.stringMatching(/^[\d.]+ GiB free$/) });
  expect(await checkSockets(root)).toMatchObject({ status: "ok" });
  expect(checkSandbox(new Workspace(root))).toMatchObject({ status: "ok", found: "0 objects in 0 stacks" });
});

test.each([
  [4, true, "ok", undefined],
  [4, false, "missing", "free 5.0 GiB for building OpenTofu"],
  [5, false, "ok", undefined],
  [0.4, true, "missing", "free 0.5 GiB for a run"],
])("with %p GiB free, and an OpenTofu there: %p, the disk is %s", (room, engineIsThere, status, fix) => {
  const blocks = { bavail: room * 1024, bsize: 1024 ** 2 } as fs.StatsFs;
  jest.spyOn(fs, "statfsSync").mockReturnValueOnce(blocks);
  expect(checkDisk(root, engineIsThere)).toMatchObject({ status, found: `${room.toFixed(1)} GiB free` });
  jest.spyOn(fs, "statfsSync").mockReturnValueOnce(blocks);
  expect(checkDisk(root, engineIsThere).fix).toBe(fix);
});

test("what the sandbox holds and who works on it", () => {
  const workspace = new Workspace(root);
  const resource = { mode: "managed", type: "aws_vpc", name: "a", instances: [{ attributes: { id: "vpc-1" } }] };
  mkdirSync(workspace.states, { recursive: true });
  writeFileSync(workspace.state("dev-network"), JSON.stringify({ version: 4, resources: [resource] }));
  expect(checkSandbox(workspace).found).toBe("1 object in 1 stack");
  const holder = { pid: process.pid, host: hostname(), user: "ada", command: "apply", since: "noon" };
  writeFileSync(workspace.lock("sandbox"), JSON.stringify(holder));
  expect(checkSandbox(workspace).found).toBe(`1 object in 1 stack; process ${process.pid} runs "apply" since noon`);
});

test("a directory that takes no socket is missing, with what to do", async () => {
  expect(await checkSockets(path.join(root, "nowhere"))).toMatchObject({
    status: "missing",
    fix: expect.stringContaining("TMPDIR"),
  });
});

test("a state that cannot be read is a warning that says how to go on", () => {
  const workspace = new Workspace(root);
  mkdirSync(workspace.states, { recursive: true });
  writeFileSync(workspace.state("dev-network"), "{ cut off");
  expect(checkSandbox(workspace)).toMatchObject({ status: "warning", fix: expect.stringContaining("paved rehearse") });
});
