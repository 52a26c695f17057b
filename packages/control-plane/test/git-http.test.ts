import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gitHttpServer } from "../src/components/git-http-server";
import type { FluxSetting } from "../src/components/flux";
import { ensureRepository } from "../src/delivery/repository";
import { portsOf } from "../src/ports";
import { isHealthy } from "../src/processes/health";
import { gitHttpServer as gitHttpProgram } from "../src/programs/flux";
import { EnvironmentFolder } from "../src/site";

const root = mkdtempSync(path.join(tmpdir(), "paved-git-http-"));
const site = {
  controlPlanes: root,
  binaries: path.join(root, "bin"),
  engineModule: path.join(__dirname, "../../../engine"),
  charts: path.join(root, "charts"),
};
const folder = new EnvironmentFolder(site, "dev");
let address: string;
let server: ChildProcess;

const git = (...words: readonly string[]): string =>
  execFileSync("git", words, {
    cwd: root,
    encoding: "utf8",
    stdio: "pipe",
    env: { PATH: process.env["PATH"], HOME: root, GIT_CONFIG_NOSYSTEM: "1", LANG: "C.UTF-8" },
  });

beforeAll(async () => {
  mkdirSync(folder.root, { recursive: true });
  ensureRepository(folder);
  const delivery = { "git-server": gitHttpProgram(site, { progress: () => {} }) };
  const setting = { folder, ports: await portsOf(folder, "flux"), delivery } as unknown as FluxSetting;
  const component = gitHttpServer(setting);
  server = spawn(component.binary, component.arguments, { stdio: "ignore" });
  while (!(await isHealthy(component.health))) await new Promise((resolve) => setTimeout(resolve, 50));
  address = `http://127.0.0.1:${setting.ports["git-server"]}`;
  const copy = path.join(root, "copy");
  git("init", "--quiet", copy);
  for (let file = 0; file < 40; file += 1) {
    writeFileSync(path.join(copy, `${file}.txt`), `${file} `.repeat(2_000));
    git("-C", copy, "add", ".");
    git("-C", copy, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", String(file));
  }
  git("-C", copy, "push", "--quiet", folder.repository, "HEAD:delivery");
});
afterAll(() => {
  server.kill();
  rmSync(root, { recursive: true, force: true });
});

test("whoever reads gets the whole repository, and what is new of it", () => {
  git("clone", "--quiet", "--depth", "3", `${address}/delivery.git`, "clone");
  expect(git("-C", "clone", "rev-list", "--count", "HEAD")).toBe("3\n");
  git("-C", "clone", "fetch", "--quiet", "--unshallow");
  expect(git("-C", "clone", "rev-parse", "HEAD")).toBe(git("-C", "copy", "rev-parse", "HEAD"));
  expect(readdirSync(path.join(root, "clone")).filter((name) => name !== ".git")).toHaveLength(40);
});

test("nobody pushes to it", () => {
  expect(() => git("-C", "copy", "push", `${address}/delivery.git`, "HEAD:other")).toThrow(/403/);
  expect(git("ls-remote", "--heads", folder.repository)).toMatch(/^[0-9a-f]{40}\trefs\/heads\/delivery\n$/);
});

test.each([
  "/",
  "/%",
  "/ports.json",
  "/delivery.git/../../ports.json",
  "/..%2fports.json",
  "/delivery.git/..%2f..%2fports.json",
  "/delivery.git/config",
  "/delivery.git/hooks/update",
])("nothing else of the folder is to be had: %s", async (place) => {
  const { status } = await fetch(`${address}${place}`);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(git("ls-remote", "--heads", `${address}/delivery.git`)).toContain("refs/heads/delivery");
});
