import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deliverCommand } from "../src/commands/deliver";
import { run, sampleWorkspace, write } from "./sample-workspace";

const bin = path.join(__dirname, "..", "bin", "paved.js");
const workspace = sampleWorkspace();
const home = mkdtempSync(path.join(tmpdir(), "paved-deliver-"));
const repository = path.join(home, "delivery.git");
const git = (directory: string, ...words: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], {
    cwd: directory,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();

beforeAll(() => {
  git(home, "init", "--quiet", "--bare", repository);
  write(workspace, "cdktf.out/gitops/dev/orders/deployment.yaml", "replicas: 2\n");
  write(workspace, "cdktf.out/gitops/dev/_argocd/orders.yaml", "kind: Application\n");
  write(workspace, "cdktf.out/gitops/production/orders/deployment.yaml", "replicas: 3\n");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const deliver = (options: { readonly [name: string]: string | boolean }) =>
  run(deliverCommand, workspace, { options: { to: repository, ...options } });

test("says first what changes, and where it is now", async () => {
  const { code, out } = await deliver({ env: "dev" });
  const tip = git(repository, "rev-parse", "--short=7", "delivery");
  expect({ code, out }).toEqual({
    code: 0,
    out:
      "dev: 1 of 1 services changes: orders (new, 1 manifest); of the platform _argocd (new, 1 manifest); " +
      `commit ${tip} on delivery\npushed to ${repository}`,
  });
  expect((await deliver({ env: "dev" })).out).toBe(`dev: as delivered before; delivery stays at ${tip}`);
});

test("with --dry-run nothing is pushed", async () => {
  expect((await deliver({ env: "production", dryRun: true })).out).toMatch(
    /^production: 1 of 1 services changes: .*; delivery stays at [0-9a-f]{7}, with --dry-run\n/,
  );
  expect(git(repository, "ls-tree", "-r", "--name-only", "delivery")).not.toContain("production");
});

test("says when it is synced, where that is not at any time", async () => {
  const { out } = await deliver({ env: "production", dryRun: true });
  expect(out.split("\n").at(-1)).toBe(
    "Argo CD syncs it by itself at 0 9 * * 1-5 for 8 h, Europe/Dublin; at any time when it is asked to",
  );
});

test("as JSON has every unit, and the commit that it was rendered from", async () => {
  git(workspace.root, "init", "--quiet");
  git(workspace.root, "add", "cdktf.json");
  git(workspace.root, "commit", "--quiet", "--message", "first");
  const source = git(workspace.root, "rev-parse", "HEAD");
  const { out } = await deliver({ env: "production", json: true, branch: "other" });
  expect(JSON.parse(out)).toEqual({
    environment: "production",
    repository,
    branch: "other",
    before: null,
    commit: git(repository, "rev-parse", "other"),
    source,
    uncommitted: true,
    syncWindow: { schedule: "0 9 * * 1-5", hours: 8, timeZone: "Europe/Dublin" },
    dryRun: false,
    services: { before: 0, after: 1, all: 1 },
    units: [{ unit: "orders", isService: true, change: "added", manifests: { added: 1, changed: 0, removed: 0 } }],
  });
  expect(git(repository, "log", "-1", "--format=%(trailers:key=Paved-Source,valueonly)", "other")).toBe(source);
});

test("fails with PVD4003 without an environment, for no repository, and for what is no branch, all at once", async () => {
  await expect(run(deliverCommand, workspace, { options: { to: "", branch: "--mirror" } })).rejects.toThrow(
    /PVD4003 --env: .*\nPVD4003 --to: .*\nPVD4003 --branch: got --mirror/,
  );
  await expect(run(deliverCommand, workspace, { options: { env: "dev", branch: "other" } })).rejects.toThrow(
    /^PVD4003 --branch: got a branch of the sandbox, want one of a repository/,
  );
});

test("fails with PVD4003 for a wait that is none, or that nobody can wait", async () => {
  for (const wait of ["soon", "-1", "1.5", "9999"])
    await expect(deliver({ env: "dev", wait })).rejects.toThrow(`PVD4003 --wait: got ${wait}`);
  await expect(deliver({ env: "dev", wait: "5" })).rejects.toThrow(/^PVD4003 --wait: got a repository/);
});

test("without a repository it is the sandbox's, which has to run", async () => {
  await expect(run(deliverCommand, workspace, { options: { env: "dev" } })).rejects.toThrow(
    /^PVD9003 dev: .*; run paved sandbox up --env dev --delivery argo-cd$/,
  );
});

test("fails with PVD1001 for an environment that is not there", async () => {
  await expect(deliver({ env: "prodution" })).rejects.toThrow(/^PVD1001 .*did you mean production\?/);
});

test("Ctrl-C while it pushes ends with 130, leaves no temporary folder, and the branch as it was", async () => {
  const temporary = path.join(home, "tmp");
  mkdirSync(temporary);
  const slow = path.join(home, "slow.git");
  git(home, "init", "--quiet", "--bare", slow);
  mkdirSync(path.join(slow, "hooks"), { recursive: true });
  writeFileSync(path.join(slow, "hooks", "pre-receive"), "#!/bin/sh\ntouch begun\nsleep 8\n");
  chmodSync(path.join(slow, "hooks", "pre-receive"), 0o755);
  const words = ["deliver", "--no-synth", "--env", "dev", "--to", slow, "-C", workspace.root];
  const child = spawn(process.execPath, [bin, ...words], { env: { ...process.env, TMPDIR: temporary } });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  // Once: another one would end what already takes its leave.
  const watch = setInterval(() => {
    if (!existsSync(path.join(slow, "begun"))) return;
    clearInterval(watch);
    child.kill("SIGINT");
  }, 50);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(watch);
  expect({ code, said }).toEqual({ code: 130, said: expect.stringMatching(/^PVD2006 delivery: got interrupted/) });
  expect(readdirSync(temporary)).toEqual([]);
  expect(git(slow, "for-each-ref")).toBe("");
});
