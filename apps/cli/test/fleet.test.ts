import { mkdirSync } from "node:fs";
import path from "node:path";
import { SCAFFOLDS } from "@paved/scaffold";
import { fleetCommand } from "../src/commands/fleet";
import type { OptionValues } from "../src/command-spec";
import { OLD, OutdatedServices } from "./outdated-service";
import { kept } from "./sample-fleet";

const before = { ...process.env };
let platform: OutdatedServices;
beforeAll(() => {
  const who = ["AUTHOR", "COMMITTER"].flatMap((each) => [
    [`GIT_${each}_NAME`, "t"],
    [`GIT_${each}_EMAIL`, "t@example.com"],
  ]);
  Object.assign(process.env, Object.fromEntries(who));
  platform = new OutdatedServices();
  platform.register("ahead", "behind", "by-hand", "current", "damaged", "elsewhere", "nowhere");
  platform.make("behind");
  platform.make("ahead", { version: OLD + 2 });
  platform.make("current", { version: OLD + 1 });
  platform.make("damaged", { version: "?" });
  const byHand = platform.make("by-hand");
  platform.git(byHand, "rm", "-q", ".paved.json");
  platform.git(byHand, "commit", "-qm", "by hand");
  // Called otherwise than the service that it is of.
  platform.make("svc-elsewhere", { name: "elsewhere", version: OLD + 1 });
  platform.make("unregistered");
  // No repository, whatever it is called.
  mkdirSync(path.join(platform.home, "nowhere"));
});
afterAll(() => {
  process.env = before;
  platform.remove();
});

async function run(options: OptionValues = {}) {
  const { terminal, out } = kept();
  const { workspace } = platform;
  const code = await fleetCommand({ workspace, terminal, arguments: [], options: { synth: false, ...options } });
  return { code, out: out.join("\n") };
}

/** How each service stands, by name. */
async function standings(options: OptionValues = {}): Promise<Record<string, unknown>> {
  const { services } = JSON.parse((await run({ json: true, ...options })).out) as {
    services: { name: string; standing: string; scaffold?: string; missed: unknown[] }[];
  };
  return Object.fromEntries(
    services.map(({ name, standing, scaffold = "-", missed }) => [name, [standing, scaffold, missed.length]]),
  );
}

test("every service is listed with how it stands to its scaffold, from the repositories beside the platform", async () => {
  expect(await standings()).toEqual({
    ahead: ["not known here", `node-api@${OLD + 2}`, 0],
    behind: ["behind", `node-api@${OLD}`, 1],
    "by-hand": ["made by hand", "-", 0],
    current: ["up to date", `node-api@${OLD + 1}`, 0],
    damaged: ["not readable", "-", 0],
    elsewhere: ["up to date", `node-api@${OLD + 1}`, 0],
    nowhere: ["not found", "-", 0],
  });
});

test("the sum is first, and what the versions brought that somebody lacks is said once", async () => {
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toBe(
    "7 services: 2 up to date, 1 behind, 1 not known here, 1 made by hand, 1 not readable, 1 not found",
  );
  const { changes } = SCAFFOLDS.find(({ name }) => name === "node-api")!;
  expect(out.split("\n").filter((line) => line.startsWith("node-api@"))).toEqual([
    `node-api@${OLD + 1}: ${changes.at(-1)}`,
  ]);
  expect(out).toMatch(/\| behind +\| commerce \| node-api@1 +\| node-api@\d+ +\| behind by 1 version +\|/);
});

test("a repository that a scaffold made for no service of this platform is told of", async () => {
  expect((await run()).out).toMatch(
    /^note: .*\/unregistered is of unregistered, which is no service of this platform$/m,
  );
});

test("--from names other folders, each of which is looked into, and no other", async () => {
  const empty = path.join(platform.home, "nowhere");
  expect(Object.values(await standings({ from: [empty] })).map((each) => (each as string[])[0])).toEqual(
    Array.from({ length: 7 }, () => "not found"),
  );
  expect(await standings({ from: [empty, platform.home] })).toEqual(await standings());
});

test("fails with PVD4003 for a folder that is none", async () => {
  await expect(run({ from: [path.join(platform.home, "none")] })).rejects.toThrow(/PVD4003 --from: .*none/);
});
