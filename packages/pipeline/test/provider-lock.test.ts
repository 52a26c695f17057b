import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkProviderLock, lockProviders } from "../src";
import { lockedProviders } from "../src/providers/provider-lock";
import { Interruption } from "../src/tofu/interruption";
import { StackEngine } from "../src/tofu/stack-engine";
import { readFleet } from "../src/workspace/fleet";
import { realEngine, remove, workspaceWith } from "./fleet-on-disk";

const SOURCE = "registry.opentofu.org/hashicorp";
const PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "windows_amd64"];
const asking = (...names: readonly string[]) => ({
  terraform: {
    required_providers: Object.fromEntries(
      names.map((name) => [name, { source: `${SOURCE}/${name}`, version: "1.0.0" }]),
    ),
  },
});

const resources = { terraform_data: { nothing: {} } };
const workspace = workspaceWith([
  { name: "dev-network", resources, root: asking("one") },
  { name: "dev-orders", resources, root: asking("one", "two") },
]);
const mirror = path.join(workspace.root, "mirror");
const { stacks } = readFleet(workspace);
const interruption = new Interruption();
const lock = async (of = stacks) =>
  lockProviders({ workspace, engine: await realEngine(), stacks: of, interruption, mirror });

/** Packages as `tofu providers mirror` unpacks them; nobody runs what is in them. */
beforeAll(() => {
  for (const name of ["one", "two"]) {
    for (const platform of PLATFORMS) {
      const directory = path.join(mirror, SOURCE, name, "1.0.0", platform);
      mkdirSync(directory, { recursive: true });
      writeFileSync(path.join(directory, `terraform-provider-${name}_v1.0.0`), `${name} for ${platform}`, {
        mode: 0o755,
      });
    }
  }
  const installation = { provider_installation: [{ filesystem_mirror: [{ path: mirror }] }] };
  writeFileSync(path.join(workspace.root, "tofu.tfrc.json"), JSON.stringify(installation));
  process.env["TF_CLI_CONFIG_FILE"] = path.join(workspace.root, "tofu.tfrc.json");
});
afterAll(() => {
  delete process.env["TF_CLI_CONFIG_FILE"];
  interruption.close();
  remove(workspace);
});

/** Init of a stack as a run in the cloud does it. */
async function init(name: string): Promise<void> {
  const stack = stacks.find((each) => each.name === name)!;
  const engine = new StackEngine({ workspace, mode: "live", engine: await realEngine(), interruption }, stack);
  try {
    await engine.init();
  } finally {
    await engine.close();
  }
}

test("every provider of every stack is locked, for every platform", async () => {
  const locked = await lock();
  expect(locked.map(({ source, version }) => `${source} ${version}`)).toEqual([
    `${SOURCE}/one 1.0.0`,
    `${SOURCE}/two 1.0.0`,
  ]);
  for (const { hashes } of locked) expect(new Set(hashes).size).toBe(PLATFORMS.length);
  expect(checkProviderLock(workspace, stacks)).toEqual([]);
});

test("a run takes the locked packages, with a lock of the stack's own providers alone", async () => {
  await init("dev-network");
  const used = readFileSync(path.join(workspace.working("live", "dev-network"), ".terraform.lock.hcl"), "utf8");
  expect(lockedProviders(used).map(({ source }) => source)).toEqual([`${SOURCE}/one`]);
});

test("a package that is not the locked one is refused", async () => {
  const written = readFileSync(workspace.providerLock, "utf8");
  writeFileSync(workspace.providerLock, written.replaceAll(/h1:.{8}/g, "h1:AAAAAAAA"));
  await expect(init("dev-orders")).rejects.toThrow(/dev-orders.*checksum/s);
  writeFileSync(workspace.providerLock, written);
});

test("fails with PVD7001 when a package cannot be had, and keeps the lock file that there is", async () => {
  const before = readFileSync(workspace.providerLock, "utf8");
  rmSync(path.join(mirror, SOURCE, "two", "1.0.0", "windows_amd64"), { recursive: true });
  await expect(lock()).rejects.toThrow(/PVD7001 .*mirror: got tofu providers lock ended with 1: .*windows_amd64/);
  expect(readFileSync(workspace.providerLock, "utf8")).toBe(before);
});

test("fails with PVD7001 when a provider is not locked, or in another version", () => {
  const [network, orders] = stacks as [(typeof stacks)[number], (typeof stacks)[number]];
  const newer = { ...network, json: network.json.replace("1.0.0", "2.0.0") };
  expect(checkProviderLock(workspace, [newer]).map(({ code, where }) => `${code} ${where}`)).toEqual([
    `PVD7001 ${SOURCE}/one`,
  ]);
  rmSync(workspace.providerLock);
  expect(checkProviderLock(workspace, [orders]).map(({ got }) => got)).toEqual(["nothing", "nothing"]);
});

test("fails with PVD7001 when two stacks ask for one provider in two versions", async () => {
  const [network, orders] = stacks as [(typeof stacks)[number], (typeof stacks)[number]];
  const newer = { ...orders, json: orders.json.replaceAll("1.0.0", "2.0.0") };
  await expect(lock([network, newer])).rejects.toThrow(/PVD7001 dev-orders: got one 2\.0\.0 .* want 1\.0\.0/);
});
