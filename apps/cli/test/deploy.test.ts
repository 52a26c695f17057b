import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { deployCommand } from "../src/commands/deploy";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const file = "environments/dev/releases.json";
const digest = (digits: string) => `sha256:${digits.repeat(64)}`;
const deploy = (service: string, options: { env?: string; digest?: string; json?: boolean }) =>
  run(deployCommand, workspace, { arguments: [service], options });
const releases = () => JSON.parse(readFileSync(path.join(workspace.root, file), "utf8")) as object;

test("the first release of an environment is written down", async () => {
  expect(await deploy("orders", { env: "dev", digest: digest("a") })).toMatchObject({
    code: 0,
    out: `orders in dev: nothing -> ${digest("a")}\nwrote ${file}: commit it, and have it merged`,
  });
  expect(releases()).toEqual({ orders: digest("a") });
});

test("others keep theirs, and names stay in order", async () => {
  write(workspace, file, JSON.stringify({ zebra: digest("1"), orders: digest("a") }));
  const { out } = await deploy("orders", { env: "dev", digest: digest("b"), json: true });
  expect(JSON.parse(out)).toMatchObject({ before: digest("a"), digest: digest("b"), written: [file] });
  expect(readFileSync(path.join(workspace.root, file), "utf8")).toBe(
    `${JSON.stringify({ orders: digest("b"), zebra: digest("1") }, null, 2)}\n`,
  );
});

test("the same digest again changes nothing", async () => {
  const before = `${JSON.stringify({ orders: digest("b") })}\n\n`;
  write(workspace, file, before);
  expect((await deploy("orders", { env: "dev", digest: digest("b") })).out).toMatch(/as it was released before$/);
  expect(readFileSync(path.join(workspace.root, file), "utf8")).toBe(before);
});

test("fails with PVD4003 without an environment and with a tag, both at once", async () => {
  await expect(deploy("orders", { digest: "latest" })).rejects.toThrow(
    /PVD4003 --env: got nothing.*\nPVD4003 --digest: got "latest", .*a tag is not enough/,
  );
});

test("fails with PVD4001 for a service that is not there, or runs no image, and writes nothing", async () => {
  await expect(deploy("ordres", { env: "production", digest: digest("a") })).rejects.toThrow(/PVD4001 .*orders/);
  const site = index.stacks.map((stack) => ({ ...stack, ...(stack.service && { release: "unneeded" }) }));
  write(workspace, "cdktf.out/paved.json", JSON.stringify({ ...index, stacks: site }));
  await expect(deploy("orders", { env: "production", digest: digest("a") })).rejects.toThrow(/PVD4001 .*its bucket/);
  write(workspace, "cdktf.out/paved.json", JSON.stringify(index));
  expect(existsSync(path.join(workspace.root, "environments/production/releases.json"))).toBe(false);
});

test("fails with PVD1020 for a file of releases that is not as it has to be, and leaves it", async () => {
  write(workspace, file, "{");
  await expect(deploy("orders", { env: "dev", digest: digest("a") })).rejects.toThrow(/PVD1020/);
  write(workspace, file, JSON.stringify({ orders: "latest" }));
  await expect(deploy("orders", { env: "dev", digest: digest("a") })).rejects.toThrow(/PVD1020/);
  expect(releases()).toEqual({ orders: "latest" });
});
