import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FleetIndex, ReleaseState } from "@paved/model";
import { stillRunning, Workspace } from "../src";

const root = mkdtempSync(path.join(tmpdir(), "paved-still-running-"));
const workspace = new Workspace(root);
const git = (...words: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], { cwd: root, stdio: "pipe" });
const DIGEST = `sha256:${"0".repeat(64)}`;

function release(environment: string, ...services: readonly string[]): void {
  const file = path.join(root, "environments", environment, "releases.json");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(services.map((service) => [service, DIGEST]))));
}
function commit(): void {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "releases");
}

/** Services by stack, each with whether it can run; one that is retired has nothing that could. */
function index(releases: Readonly<Record<string, ReleaseState | undefined>>): FleetIndex {
  const stacks = Object.entries(releases).map(([name, released]) => {
    const [environment, service] = name.split("-");
    return { name, kind: "service", environment, service, release: released };
  });
  const services = [{ name: "orders", source: "stacks/services/orders.ts" }];
  return { stacks, services } as unknown as FleetIndex;
}

beforeAll(() => {
  git("init", "--quiet", "--initial-branch", "main");
  release("dev", "orders", "catalog");
  release("staging", "catalog");
  commit();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("fails with PVD2023 for a service that is retired where it is released, and there alone", () => {
  const found = stillRunning(
    workspace,
    index({ "dev-orders": undefined, "staging-orders": undefined, "dev-catalog": "released" }),
  );
  expect(found).toEqual([
    expect.objectContaining({
      code: "PVD2023",
      where: "environments/dev/releases.json orders",
      source: "stacks/services/orders.ts",
    }),
  ]);
});

test("what waits for an image, or needs none, is not retired", () => {
  expect(stillRunning(workspace, index({ "dev-orders": "awaited", "dev-catalog": "unneeded" }))).toEqual([]);
});

test("its release may not go in the same change: that of the base counts", () => {
  const retired = index({ "dev-orders": undefined });
  release("dev", "catalog");
  expect(stillRunning(workspace, retired)).toEqual([]);
  expect(stillRunning(workspace, retired, "HEAD").map(({ where }) => where)).toEqual([
    "environments/dev/releases.json orders at HEAD",
  ]);
  commit();
  expect(stillRunning(workspace, retired, "HEAD")).toEqual([]);
});

test("a release that the change itself brings counts as well", () => {
  release("dev", "catalog", "orders");
  expect(stillRunning(workspace, index({ "dev-orders": undefined }), "HEAD").map(({ where }) => where)).toEqual([
    "environments/dev/releases.json orders",
  ]);
});

test("an environment that the base does not have has no release there", () => {
  expect(stillRunning(workspace, index({ "preview-orders": undefined }), "HEAD")).toEqual([]);
});

test("fails with PVD4003 for a base that Git does not know", () => {
  expect(() => stillRunning(workspace, index({ "dev-orders": undefined }), "nowhere")).toThrow(/^PVD4003 --base/);
});
