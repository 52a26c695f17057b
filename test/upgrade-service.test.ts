import { execFileSync, spawnSync } from "node:child_process";
import * as path from "node:path";
import { OLD, OutdatedServices } from "@paved/cli/test/outdated-service";
import { ended, INSTALLING_MS, installNode, WELL } from "@paved/scaffold/test/generated";

const command = path.join(__dirname, "..", "apps", "cli", "bin", "paved.js");
const who = {
  GIT_AUTHOR_NAME: "t",
  GIT_AUTHOR_EMAIL: "t@example.com",
  GIT_COMMITTER_NAME: "t",
  GIT_COMMITTER_EMAIL: "t@example.com",
};

const before = { ...process.env };
let platform: OutdatedServices;
let repository: string;
beforeAll(() => {
  Object.assign(process.env, who);
  platform = new OutdatedServices();
  repository = platform.make("returns");
});
afterAll(() => {
  process.env = before;
  platform.remove();
});

/** As a team would, in a file that the new version changes, too, and in one that it does not. */
function work(): void {
  for (const file of ["src/routes/greetings.ts", "test/app.test.ts"]) {
    const text = platform.read(repository, file);
    expect(text).toContain("Hello, ");
    platform.write(repository, file, text.replace("Hello, ", "Good day, "));
  }
  platform.commit(repository, "Good day");
}

function paved(...words: readonly string[]): string {
  const all = [command, "-C", platform.workspace.root, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

test("a service of the version before is upgraded by the command, from whatever folder that is called in", () => {
  work();
  const line = `node-api@${OLD} to node-api@${OLD + 1}: `;
  expect(paved("upgrade-service", repository)).toContain(line);
  expect(paved("upgrade-service", repository, "--write")).toContain(line);
  const changed = execFileSync("git", ["diff", "--name-only", "main"], { cwd: repository, encoding: "utf8" });
  expect(changed.trim().split("\n")).toEqual(expect.arrayContaining([".paved.json", "src/app.ts", "test/app.test.ts"]));
});

test(
  "its own tests pass, those that the team changed and those that are new",
  async () => {
    expect(platform.read(repository, "test/app.test.ts")).toMatch(/Good day, [^]*requestTimeout/);
    await installNode(repository);
    expect(await ended("npm", ["run", "typecheck"], repository)).toEqual(WELL);
    expect(await ended("npm", ["test"], repository)).toEqual(WELL);
  },
  INSTALLING_MS,
);

test("paved fleet says that it is up to date", () => {
  platform.register("returns");
  const [first] = paved("fleet", "--no-synth").split("\n");
  expect(first).toBe("1 service: 1 up to date");
});
