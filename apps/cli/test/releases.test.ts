import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { promoteCommand } from "../src/commands/promote";
import { rollbackCommand } from "../src/commands/rollback";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const fileOf = (environment: string) => `environments/${environment}/releases.json`;
const digest = (digits: string) => `sha256:${digits.repeat(64)}`;
const released = (environment: string, releases: object) =>
  write(workspace, fileOf(environment), JSON.stringify(releases));
const releases = (environment: string) =>
  JSON.parse(readFileSync(path.join(workspace.root, fileOf(environment)), "utf8")) as object;
const git = (...words: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], {
    cwd: workspace.root,
    encoding: "utf8",
    stdio: "pipe",
  });

describe("promote", () => {
  const promote = (service: string, options: { from?: string; to?: string; json?: boolean }) =>
    run(promoteCommand, workspace, { arguments: [service], options });

  test("writes the digest of the one environment into the other, and says so", async () => {
    released("dev", { orders: digest("a") });
    released("production", { zebra: digest("1"), orders: digest("0") });
    expect(await promote("orders", { from: "dev", to: "production" })).toMatchObject({
      code: 0,
      out: `orders in production: ${digest("0")} -> ${digest("a")} (from dev)\nwrote ${fileOf("production")}: commit it, and have it merged\nits image is copied before it is delivered, by apply.yml or paved copy-images --env production`,
    });
    expect(releases("production")).toEqual({ orders: digest("a"), zebra: digest("1") });
    expect(releases("dev")).toEqual({ orders: digest("a") });
  });

  test("the same digest again changes nothing", async () => {
    const { out } = await promote("orders", { from: "dev", to: "production", json: true });
    expect(JSON.parse(out)).toEqual({
      service: "orders",
      environment: "production",
      from: "dev",
      digest: digest("a"),
      before: digest("a"),
      written: [],
    });
  });

  test("fails with PVD4003 without environments, both at once", async () => {
    await expect(promote("orders", {})).rejects.toThrow(/PVD4003 --from: got nothing.*\nPVD4003 --to: got nothing/);
  });

  test("fails with PVD4003 to an earlier environment or the same, and writes nothing", async () => {
    released("dev", { orders: digest("b") });
    const back = promote("orders", { from: "production", to: "dev" });
    await expect(back).rejects.toThrow(/^PVD4003 --to: got dev, want an environment after production; it is the last/);
    const same = promote("orders", { from: "dev", to: "dev" });
    await expect(same).rejects.toThrow(/^PVD4003 --to: .*; choose from production$/);
    expect(releases("dev")).toEqual({ orders: digest("b") });
  });

  test("fails with PVD4003 out of an ephemeral environment, which is none of the steps", async () => {
    released("dev", { orders: digest("b") });
    const [dev, ...others] = index.environments;
    const environments = [{ ...dev, ephemeral: { owner: "commerce", expires: "2026-12-05" } }, ...others];
    write(workspace, "cdktf.out/paved.json", JSON.stringify({ ...index, environments }));
    await expect(promote("orders", { from: "dev", to: "production" })).rejects.toThrow(
      /^PVD4003 --from: got dev, want an environment that lasts/,
    );
    write(workspace, "cdktf.out/paved.json", JSON.stringify(index));
  });

  test("fails with PVD4007 when the service has no release there", async () => {
    released("dev", { zebra: digest("1") });
    await expect(promote("orders", { from: "dev", to: "production" })).rejects.toThrow(
      /^PVD4007 environments\/dev\/releases\.json: got no release of orders/,
    );
  });

  test("fails with PVD4001 for a service that is not in the environment", async () => {
    const stacks = index.stacks.filter(({ name }) => name !== "production-orders");
    write(workspace, "cdktf.out/paved.json", JSON.stringify({ ...index, stacks }));
    await expect(promote("orders", { from: "dev", to: "production" })).rejects.toThrow(
      /^PVD4001 <service>: got orders, want a service in production; it is in dev$/,
    );
    write(workspace, "cdktf.out/paved.json", JSON.stringify(index));
  });
});

describe("rollback", () => {
  const rollback = (service: string, options: { env?: string; json?: boolean }) =>
    run(rollbackCommand, workspace, { arguments: [service], options });
  const file = fileOf("dev");

  test("fails with PVD4003 without an environment, and where there is no repository", async () => {
    await expect(rollback("orders", {})).rejects.toThrow(/^PVD4003 --env: got nothing/);
    released("dev", { orders: digest("a") });
    await expect(rollback("orders", { env: "dev" })).rejects.toThrow(/^PVD4003 .*: got fatal: not a git repository/);
  });

  test("writes the digest before the present one, which need not be committed", async () => {
    git("init", "--quiet");
    for (const releasesThen of [
      { orders: digest("1") },
      { orders: digest("2") },
      {},
      { orders: digest("2"), a: digest("a") },
    ]) {
      released("dev", releasesThen);
      git("add", file);
      git("commit", "--quiet", "--allow-empty", "--message", "release");
    }
    const [, , , first] = git("log", "--format=%h", "--abbrev=12").split("\n");
    expect((await rollback("orders", { env: "dev" })).out).toBe(
      `orders in dev: ${digest("2")} -> ${digest("1")} (commit ${first})\nwrote ${file}: commit it, and have it merged`,
    );
    expect(releases("dev")).toEqual({ a: digest("a"), orders: digest("1") });
    released("dev", { orders: digest("3") });
    const { out } = await rollback("orders", { env: "dev", json: true });
    expect(JSON.parse(out)).toMatchObject({ digest: digest("2"), before: digest("3"), written: [file] });
  });

  test("fails with PVD4008 when there was none before, and writes nothing", async () => {
    released("dev", { a: digest("a") });
    await expect(rollback("orders", { env: "dev" })).rejects.toThrow(/^PVD4008 .*: got no release of orders/);
    released("production", { orders: digest("1") });
    await expect(rollback("orders", { env: "production" })).rejects.toThrow(/^PVD4008 .*: got only the present/);
    expect(releases("production")).toEqual({ orders: digest("1") });
  });

  test("fails with PVD1001 for an environment that is not there", async () => {
    await expect(rollback("orders", { env: "prodution" })).rejects.toThrow(/^PVD1001 .*did you mean production\?/);
    expect(existsSync(path.join(workspace.root, fileOf("prodution")))).toBe(false);
  });
});
