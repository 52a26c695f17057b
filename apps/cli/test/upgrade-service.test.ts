import { existsSync } from "node:fs";
import path from "node:path";
import { upgradeServiceCommand } from "../src/commands/upgrade-service";
import type { OptionValues } from "../src/command-spec";
import { OLD, OutdatedServices } from "./outdated-service";
import { kept } from "./sample-fleet";

const who = { name: "t", email: "t@example.com" };
const identity = {
  GIT_AUTHOR_NAME: who.name,
  GIT_AUTHOR_EMAIL: who.email,
  GIT_COMMITTER_NAME: who.name,
  GIT_COMMITTER_EMAIL: who.email,
};
const before = { ...process.env };
let platform: OutdatedServices;
beforeAll(() => {
  Object.assign(process.env, identity);
  platform = new OutdatedServices();
});
afterAll(() => {
  process.env = before;
  platform.remove();
});

const NEW = OLD + 1;
const BRANCH = `paved-upgrade-${NEW}`;

async function run(directory: string, options: OptionValues = {}) {
  const { terminal, out, err } = kept();
  const { workspace } = platform;
  const code = await upgradeServiceCommand({ workspace, terminal, arguments: [directory], options });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** A line of the template that the new version changed, as a service could have changed it. */
function changeToo(directory: string): void {
  const text = platform.read(directory, "src/app.ts");
  platform.write(directory, "src/app.ts", text.replace("return503OnClosing: false", "return503OnClosing: true"));
  platform.commit(directory, "work");
}

test("it is shown what would change, the sum first, then the difference, and nothing is written", async () => {
  const directory = platform.make("shown");
  const { code, out } = await run(directory);
  expect(code).toBe(0);
  expect(out).toMatch(
    new RegExp(`^node-api@${OLD} to node-api@${NEW}: \\d+ files changed, 0 conflicts\n\n  @${NEW}  `),
  );
  expect(out).toMatch(/^ {2}removed {3}Makefile$/m);
  expect(out).toMatch(/^\+.*requestTimeout: REQUEST_MS/m);
  expect(out).toMatch(new RegExp(`nothing was written; .*${BRANCH}$`));
  expect(platform.git(directory, "status", "--short", "--branch").trim()).toBe("## main");
});

test("as JSON it is one document, with the difference", async () => {
  const directory = platform.make("as-json");
  const { out } = await run(directory, { json: true });
  expect(JSON.parse(out)).toMatchObject({
    status: "planned",
    directory,
    goldenPath: "node-api",
    from: OLD,
    to: NEW,
    branch: BRANCH,
    changes: [{ version: NEW }],
    files: expect.arrayContaining([{ file: "Makefile", change: "removed" }]),
    conflicts: [],
    left: [],
    difference: expect.stringContaining("diff --git a/Makefile b/Makefile"),
  });
});

describe("with --write", () => {
  let directory: string;
  let ended: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    directory = platform.make("written");
    platform.write(directory, "src/own.ts", "export {};\n");
    platform.commit(directory, "work");
    ended = await run(directory, { write: true });
  });

  test("it ends well, and says where it is", () => {
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect(ended.out).toMatch(new RegExp(`a commit on the branch ${BRANCH}, which is checked out$`));
  });

  test("it is a commit on a branch, which says what it brings", () => {
    const message = platform.git(directory, "log", "--format=%B", `main..${BRANCH}`).trim();
    expect(message).toMatch(
      new RegExp(
        `^Take over the scaffold node-api@${NEW}\n\nMade by paved upgrade-service from node-api@${OLD}\\.\n\nnode-api@${NEW}: `,
      ),
    );
    expect(platform.git(directory, "status", "--short", "--branch").trim()).toBe(`## ${BRANCH}`);
    expect(existsSync(path.join(directory, "src/own.ts"))).toBe(true);
    expect(existsSync(path.join(directory, "Makefile"))).toBe(false);
  });

  test("the record is of the new version, with what is usual for what was not asked before", () => {
    expect(JSON.parse(platform.read(directory, ".paved.json"))).toMatchObject({
      version: NEW,
      name: "written",
      size: "small",
    });
  });

  test("the second time it is up to date, and nothing is done", async () => {
    const head = platform.git(directory, "rev-parse", "HEAD");
    expect(await run(directory, { write: true })).toEqual({ code: 0, out: `up to date: node-api@${NEW}`, err: "" });
    expect(JSON.parse((await run(directory, { json: true })).out)).toMatchObject({ status: "up to date", changes: [] });
    expect(platform.git(directory, "rev-parse", "HEAD")).toBe(head);
  });
});

test("fails with PVD4103 for each conflict with --write, which is left marked on the branch, with all the rest", async () => {
  const directory = platform.make("conflicting");
  changeToo(directory);
  const { code, out, err } = await run(directory, { write: true });
  expect({ code, out }).toEqual({
    code: 1,
    out: expect.stringMatching(/1 conflict\n[^]*to be resolved on the branch/),
  });
  expect(err).toMatch(/^PVD4103 .*\/src\/app\.ts: .*git add src\/app\.ts, then git commit$/);
  expect(platform.read(directory, "src/app.ts")).toMatch(
    new RegExp(`^<<<<<<< yours\n.*true.*\n\\|{7} node-api@${OLD}\n[^]*^=======\n[^]*^>>>>>>> node-api@${NEW}$`, "m"),
  );
  expect(platform.git(directory, "diff", "--name-only", "--diff-filter=U").trim()).toBe("src/app.ts");
  expect(platform.git(directory, "diff", "--cached", "--name-only")).toContain(".paved.json");
});

test("a conflict is shown before, and fails nothing", async () => {
  const directory = platform.make("warned");
  changeToo(directory);
  const { code, out } = await run(directory);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}conflict {2}src\/app\.ts \(both versions are marked in it\)$/m);
});

test("with --json, what was written and what is to be resolved are one document", async () => {
  const directory = platform.make("conflicting-as-json");
  changeToo(directory);
  const { code, out, err } = await run(directory, { write: true, json: true });
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(JSON.parse(out)).toMatchObject({ status: "written", errors: [{ code: "PVD4103" }] });
});

test("fails with PVD4104 when something is in no commit, and leaves it", async () => {
  const directory = platform.make("dirty");
  platform.write(directory, "README.md", "# Mine\n");
  await expect(run(directory, { write: true })).rejects.toThrow(/PVD4104 .*README\.md/);
  expect(platform.git(directory, "status", "--short").trim()).toBe("M README.md");
  expect(platform.git(directory, "branch", "--format=%(refname:short)").trim()).toBe("main");
});

test.each([
  ["nothing", "there is none"],
  [".", "is a folder of another repository"],
])("fails with PVD4101 where no repository is: %s, which %s", async (name) => {
  const inside = path.join(platform.make(`holds-${name === "." ? "it" : "none"}`), "src", name);
  await expect(run(inside)).rejects.toThrow(/PVD4101 .*no \.paved\.json/);
});

test("fails with PVD4101 for a repository that no scaffold made, and for a record that is none", async () => {
  const bare = platform.make("by-hand");
  platform.git(bare, "rm", "-q", ".paved.json");
  platform.git(bare, "commit", "-qm", "by hand");
  await expect(run(bare)).rejects.toThrow(/PVD4101 .*made by hand/);
  const odd = platform.make("odd", { version: "2", tags: ["a"] });
  await expect(run(odd)).rejects.toThrow(/PVD4101 .*"tags": a list[^]*PVD4101 .*the version "2"/);
});

test("fails with PVD4101 when the record lacks what its version was made of", async () => {
  const directory = platform.make("lacking", { onCall: undefined });
  await expect(run(directory)).rejects.toThrow(new RegExp(`PVD4101 .*what node-api@${OLD} cannot be made of`));
});

test("fails with PVD4102 for a scaffold that this platform does not have", async () => {
  const directory = platform.make("elsewhere", { goldenPath: "ruby-api" });
  await expect(run(directory)).rejects.toThrow(/PVD4102 .*got ruby-api, want one of grpc-service, node-api/);
});

test("fails with PVD4102 for a version that is newer than this platform", async () => {
  const directory = platform.make("ahead", { version: NEW + 1 });
  await expect(run(directory)).rejects.toThrow(
    new RegExp(`PVD4102 .*got node-api@${NEW + 1}, want at most node-api@${NEW}; .*git pull`),
  );
});

test("fails with PVD4102 for a version that the history does not have", async () => {
  const directory = platform.make("ancient", { version: 1 });
  await expect(run(directory)).rejects.toThrow(
    /PVD4102 .*got node-api@1, want a version that the history of .*node-api\.yaml has/,
  );
});

test("fails with PVD4005 for what the record says and today's scaffold refuses, and says where to write it", async () => {
  const directory = platform.make("refused", { tier: 9, owner: "Commerce" });
  await expect(run(directory)).rejects.toThrow(
    /PVD4005 .*\.paved\.json: owner: [^]*PVD4005 .*\.paved\.json: tier: .*write "tier" into \.paved\.json, and commit it/,
  );
});
