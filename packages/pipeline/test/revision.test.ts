import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compareRevisions } from "../src";
import { synthesizedAt } from "../src/revision/synthesized";
import { SmallRepository } from "./small-repository";

const home = process.env["HOME"];
let repository: SmallRepository;
beforeEach(() => {
  repository = new SmallRepository();
});
afterEach(() => {
  process.env["HOME"] = home;
  repository.remove();
});

const at = (revision?: string) =>
  synthesizedAt(repository.workspace, { revision, where: "--base", progress: () => {} });
const compared = (base: string, head?: string) =>
  compareRevisions(repository.workspace, { base, head, progress: () => {} });
const stored = () => path.join(repository.workspace.paved, "synths");

test("a revision is synthesized as it was, whatever the working tree says", async () => {
  const first = repository.commit();
  repository.fleet({ "dev-payments": {} });
  expect((await at(first)).index.stacks.map(({ name }) => name)).toEqual(["dev-orders"]);
  expect((await at()).index.stacks.map(({ name }) => name)).toEqual(["dev-payments"]);
});

test("neither the working tree nor the index of the user is touched, and no checkout is left", async () => {
  const first = repository.commit();
  repository.fleet({ "dev-payments": {} });
  repository.git("add", "stacks/fleet.json");
  const before = repository.git("status", "--porcelain");
  await at(first);
  expect(repository.git("status", "--porcelain")).toBe(before);
  expect(readdirSync(path.join(repository.workspace.paved, "checkouts"))).toEqual([]);
});

test("the same content is synthesized once, at whichever revision, or not committed at all", async () => {
  const first = repository.commit();
  repository.write("README.md", "words");
  const second = repository.commit();
  await at(first);
  await at(second);
  await at();
  expect(repository.runs).toBe(1);
});

test("a file that is new counts, and one that is ignored does not", async () => {
  repository.commit();
  await at();
  repository.write("stacks/dist/left.js", "");
  await at();
  expect(repository.runs).toBe(1);
  repository.write("stacks/services/new.ts", "");
  await at();
  expect(repository.runs).toBe(2);
});

test.each([
  ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ["changed", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 40), Buffer.from("x"), bytes.subarray(41)])],
  ["empty", () => Buffer.alloc(0)],
])("what is kept and was %s counts as nothing", async (_how, damage) => {
  const first = repository.commit();
  const fleet = await at(first);
  const [name = ""] = readdirSync(stored());
  writeFileSync(path.join(stored(), name), damage(readFileSync(path.join(stored(), name))));
  expect(await at(first)).toEqual(fleet);
  expect(repository.runs).toBe(2);
});

test("twenty synths are kept, those used last", async () => {
  for (let index = 0; index < 23; index += 1) {
    repository.fleet({ [`dev-s${index}`]: {} });
    await at(repository.commit());
  }
  expect(readdirSync(stored())).toHaveLength(20);
}, 60_000);

test("a workspace that is a folder of a repository is known by what is in the folder", async () => {
  repository.remove();
  repository = new SmallRepository("platform");
  const first = repository.commit();
  repository.fleet({ "dev-payments": {} });
  expect((await at(first)).index.stacks.map(({ name }) => name)).toEqual(["dev-orders"]);
});

test("packages of another lock file are installed once, beside those of the workspace", async () => {
  const first = repository.commit();
  repository.lock("two");
  repository.commit();
  const told: string[] = [];
  const options = { revision: first, where: "--base", progress: (line: string) => void told.push(line), cache: false };
  await synthesizedAt(repository.workspace, options);
  await synthesizedAt(repository.workspace, options);
  expect(readdirSync(path.join(repository.workspace.paved, "packages"))).toHaveLength(1);
  expect(told.filter((line) => line.startsWith("installing"))).toHaveLength(1);
}, 60_000);

test("fails with PVD2017 when the packages of the other revision cannot be installed", async () => {
  repository.write("package-lock.json", "not JSON");
  const first = repository.commit();
  repository.lock("two");
  await expect(at(first)).rejects.toThrow(/PVD2017 package-lock.json/);
  expect(readdirSync(path.join(repository.workspace.paved, "packages"))).toEqual([]);
}, 60_000);

test("fails with what synth found at the revision, and says at which", async () => {
  const errors = [{ code: "PVD1001", where: "here", got: "a", want: "b", fix: "c" }];
  repository.write("stacks/fleet.json", JSON.stringify({ errors }));
  const first = repository.commit();
  repository.fleet({ "dev-orders": {} });
  await expect(at(first)).rejects.toThrow(new RegExp(`PVD1001 ${first}: here`));
  expect(existsSync(stored())).toBe(false);
});

test("an index of another shape is read as far as it is compared, also when it was kept", async () => {
  repository.fleet(
    { "dev-orders": {} },
    { environments: ["dev"], protectedEnvironments: ["dev"], goldenPaths: undefined },
  );
  const first = repository.commit();
  repository.fleet({ "dev-orders": { resource: {} } });
  for (const { before } of [await compared(first), await compared(first)]) {
    expect(before.index.environments).toEqual([{ name: "dev", protected: true }]);
    expect(before.index.stacks.map(({ name }) => name)).toEqual(["dev-orders"]);
  }
  expect(repository.runs).toBe(2);
});

test("fails with PVD2009 for an index that nothing can be compared with, and says of which revision it is", async () => {
  repository.fleet({ "dev-orders": {} }, { stacks: [{ name: "dev-orders" }] });
  const first = repository.commit();
  await expect(at(first)).rejects.toThrow(`PVD2009 ${first}: paved.json stacks.0.environment: got nothing, want text`);
  expect(existsSync(stored())).toBe(false);
});

test("fails with PVD2008 for a revision whose synth does not say what it wrote, and for nothing else", async () => {
  repository.write(
    "stacks/main.txt",
    `const fs = require("fs"); fs.mkdirSync("cdktf.out"); fs.writeFileSync("cdktf.out/paved.json", "{}");`,
  );
  const first = repository.commit();
  await expect(at(first)).rejects.toThrow(
    `PVD2008 ${first}: stacks/src/main.ts: got a synth that ends without saying what it wrote`,
  );
  repository.write("stacks/main.txt", "process.exit(0);");
  await expect(at(repository.commit())).rejects.toThrow(/got an end with 0 before all was written/);
});

test("fails with PVD4003 for a revision that Git does not know, and for one that looks like an option", async () => {
  repository.commit();
  await expect(at("nowhere")).rejects.toThrow(/PVD4003 --base: got "nowhere"/);
  await expect(at("--output=x")).rejects.toThrow(/PVD4003 --base/);
});

test("of two revisions with the same content nothing is synthesized twice, and no file differs", async () => {
  const first = repository.commit();
  repository.write("docs/page.md", "words");
  const { changedFiles, before, after } = await compared(first, repository.commit());
  expect(changedFiles).toEqual([]);
  expect(after).toBe(before);
});

test("says which files that synth reads differ", async () => {
  const first = repository.commit();
  repository.fleet({ "dev-payments": {} });
  repository.write("stacks/services/new.ts", "");
  repository.write("test/new.test.ts", "");
  expect((await compared(first)).changedFiles).toEqual(["stacks/fleet.json", "stacks/services/new.ts"]);
});
