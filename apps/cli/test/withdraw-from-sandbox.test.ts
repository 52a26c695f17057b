import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ApiClient } from "@paved/control-plane";
import { deliver } from "@paved/delivery";
import { withdrawFromSandbox } from "../src/delivery/withdraw-from-sandbox";

const home = mkdtempSync(path.join(tmpdir(), "paved-withdrawal-"));
const folder = path.join(home, "delivery.git");
const tip = (): string =>
  execFileSync("git", ["rev-parse", "delivery"], { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim();
const lines: string[] = [];
let seen: number;

beforeEach(async () => {
  execFileSync("git", ["init", "--quiet", "--bare", folder]);
  const file = (unit: string, name: string) => ({ environment: "dev", unit, name, text: "kind: Thing\n" });
  const files = [file("orders", "a.yaml"), file("catalog", "a.yaml"), file("_argocd", "application-orders.yaml")];
  await deliver({ files, environment: "dev", repository: folder });
  lines.splice(0);
  seen = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Argo CD, which has an application until it was looked at twice. */
const client = {
  get: async () => {
    seen += 1;
    const first = { metadata: { name: "paved.applications" }, status: { sync: { revision: tip() } } };
    return { items: seen > 2 ? [first] : [first, { metadata: { name: "orders" } }] };
  },
  send: async () => undefined,
} as unknown as ApiClient;
const address = { by: "argo-cd", repository: "git://127.0.0.1/delivery.git", folder, branch: "delivery" } as never;
const withdraw = (more: object = {}) =>
  withdrawFromSandbox(
    { environment: "dev", address, client },
    { services: ["orders"], progress: (line) => lines.push(line), ...more },
  );

test("services leave the branch, and are waited for until what delivers has none of them any more", async () => {
  const { commit, repository, changes } = await withdraw();
  expect({ commit, repository, seen }).toEqual({ commit: tip(), repository: "git://127.0.0.1/delivery.git", seen: 3 });
  expect(changes.services).toMatchObject({ before: 2, after: 1 });
  expect(lines).toEqual(["out of Git first: orders", "1 application still goes: orders"]);
});

test("they are waited for also when they left the branch before, as after Ctrl-C", async () => {
  await withdraw();
  seen = 0;
  expect(await withdraw()).not.toHaveProperty("commit");
  expect(seen).toBe(3);
});

test("with --dry-run nothing changes, and nobody is waited for", async () => {
  const before = tip();
  expect((await withdraw({ dryRun: true })).changes.services.after).toBe(1);
  expect([tip(), seen]).toEqual([before, 0]);
});

test("fails with PVD2108 when one is still there after as many seconds as were said", async () => {
  await expect(withdraw({ patience: 0 })).rejects.toThrow(
    /^PVD2108 dev orders: got its application still there after 0 s/,
  );
});
