import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deliverCommand } from "../src/commands/deliver";
import { withdrawCommand } from "../src/commands/withdraw";
import type { OptionValues } from "../src/command-spec";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const home = mkdtempSync(path.join(tmpdir(), "paved-withdraw-"));
const repository = path.join(home, "delivery.git");
const git = (...words: readonly string[]) =>
  execFileSync("git", words, { cwd: repository, encoding: "utf8", stdio: "pipe" }).trim();
const files = () => git("ls-tree", "-r", "--name-only", "delivery").split("\n");

const withdraw = (options: OptionValues) =>
  run(withdrawCommand, workspace, { options: { env: "dev", to: repository, ...options } });

beforeEach(async () => {
  execFileSync("git", ["init", "--quiet", "--bare", repository]);
  write(workspace, "cdktf.out/gitops/dev/orders/deployment-orders.yaml", "replicas: 2\n");
  write(workspace, "cdktf.out/gitops/dev/catalog/deployment-catalog.yaml", "replicas: 3\n");
  write(workspace, "cdktf.out/gitops/dev/_argocd/application-orders.yaml", "kind: Application\n");
  await run(deliverCommand, workspace, { options: { env: "dev", to: repository } });
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("takes what was chosen out of the branch, and says so first", async () => {
  const { code, out } = await withdraw({ service: ["orders"], yes: true });
  expect({ code, out }).toEqual({
    code: 0,
    out:
      "dev: 1 of 2 services changes: orders (gone, 1 manifest); of the platform _argocd (gone, 1 manifest); " +
      `commit ${git("rev-parse", "--short=7", "delivery")} on delivery\npushed to ${repository}`,
  });
  expect(files()).toEqual(["gitops/dev/catalog/deployment-catalog.yaml"]);
});

test("without --service it is every service of the environment, and --dry-run asks nobody and takes nothing", async () => {
  const before = git("rev-parse", "delivery");
  const { out } = await withdraw({ dryRun: true, json: true });
  expect(JSON.parse(out)).toMatchObject({
    environment: "dev",
    commit: null,
    before,
    dryRun: true,
    services: { before: 2, after: 0 },
  });
  expect(git("rev-parse", "delivery")).toBe(before);
});

test("fails with PVD4003 when nobody agrees, and for words that do not go together", async () => {
  await expect(withdraw({})).rejects.toThrow(/^PVD4003 confirmation: .*add --yes$/);
  await expect(withdraw({ to: undefined, branch: "other", yes: true })).rejects.toThrow(/^PVD4003 --branch/);
  expect(files()).toHaveLength(3);
});

test("fails with PVD1001 and PVD4001 for names that nothing has", async () => {
  await expect(withdraw({ env: "prodution", yes: true })).rejects.toThrow(/^PVD1001/);
  await expect(withdraw({ service: ["ordres"], yes: true })).rejects.toThrow(/^PVD4001/);
});

test("without a repository it is the sandbox's, which has to run: PVD9003", async () => {
  await expect(withdraw({ to: undefined, yes: true })).rejects.toThrow(/^PVD9003 dev/);
});
