import { existsSync, readFileSync } from "node:fs";
import { RepositoryWorkspace } from "./repository-workspace";

/** An environment from the request to its last trace, by what a person types and by nothing else, with the real engine. */
const workspace = new RepositoryWorkspace();
const request = ["new-environment", "preview", "--account", "444444444444", "--after", "dev"];
const ephemeral = ["--ephemeral", "--owner", "commerce", "--days", "7", "--today", "2026-11-28"];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a command gave that has to succeed. */
function paved(...words: readonly string[]): Ended {
  const ended = workspace.paved(...words);
  if (ended.code !== 0) throw new Error(`paved ${words.join(" ")}\n${ended.out}${ended.err}`);
  return ended;
}
const json = <T>(...words: readonly string[]) => JSON.parse(paved(...words, "--json").out) as T;
const branches = () => workspace.git("branch", "--format", "%(refname:short)").trim().split("\n").toSorted();
const untouched = (revision: string) => {
  expect(workspace.git("status", "--porcelain")).toBe("");
  expect(workspace.git("rev-parse", "HEAD").trim()).toBe(revision);
};
const files = (branch: string) => workspace.git("diff", "--name-only", `${branch}~1`, branch).trim().split("\n");

beforeAll(() => {
  workspace.git("config", "user.name", "t");
  workspace.git("config", "user.email", "t@example.com");
});
afterAll(() => workspace.remove());

test("what is wrong with it is found before anything is written, by the answers and by synth", () => {
  const taken = workspace.paved(...request.with(3, "111111111111"), "--cidr", "10.20.0.0/16", "--yes");
  expect(taken).toMatchObject({ code: 2, err: expect.stringMatching(/PVD4005 --account: .*\nPVD4005 --cidr: /) });
  const nobodys = workspace.paved(...request, ...ephemeral.with(2, "nobody"), "--yes");
  expect(nobodys).toMatchObject({ code: 1, err: expect.stringContaining("ephemeral.owner") });
  expect(branches()).toEqual(["main"]);
  expect(workspace.git("status", "--porcelain")).toBe("");
}, 180_000);

test("it is a branch with a commit, and the same again changes nothing", () => {
  const head = workspace.git("rev-parse", "HEAD").trim();
  expect(json(...request, ...ephemeral, "--yes")).toMatchObject({
    status: "made",
    answers: { cidr: "10.31.0.0/16", domain: "preview.paved.example.com" },
    ephemeral: { owner: "commerce", expires: "2026-12-05" },
  });
  const commit = workspace.git("rev-parse", "add-environment-preview");
  expect(json(...request, ...ephemeral, "--yes")).toMatchObject({ status: "there", files: [] });
  expect(workspace.git("rev-parse", "add-environment-preview")).toBe(commit);
  untouched(head);
}, 180_000);

test("by hand nothing would have been but its data file, and its name in one list", () => {
  const derived =
    /^(\.github\/|environments\/(adoption\.txt|preview\/(addresses|permissions|deviations)\/|dev\/permissions\/))/;
  expect(files("add-environment-preview").filter((file) => !derived.test(file))).toEqual([
    "environments/preview/releases.json",
    "environments/src/preview.ts",
    "packages/model/src/environment-names.ts",
  ]);
});

test("what was derived is as paved check wants it, and nothing goes on out of it", () => {
  workspace.git("switch", "-q", "add-environment-preview");
  expect(paved("check", "--today", "2026-11-28").out).toMatch(/: as locked; .*\n.*none broken\n.*: as reviewed\n/);
  expect(json("environments", "--no-synth")).toMatchObject({
    environments: [{ name: "dev" }, { name: "preview", protected: false }, { name: "staging" }, { name: "production" }],
  });
  const promoted = workspace.paved("promote", "pricing", "--from", "preview", "--to", "staging");
  expect(promoted).toMatchObject({ code: 2, err: expect.stringContaining("PVD4003 --from: got preview") });
}, 120_000);

test("all of it is applied in the sandbox, the second plan is empty, and how long it took is counted", () => {
  paved("rehearse", "--env", "preview", "--no-synth");
  const report = JSON.parse(readFileSync(workspace.file("cdktf.out", "run.json"), "utf8")) as {
    readonly stacks: readonly { readonly environment: string; readonly secondPlan: object }[];
  };
  expect(new Set(report.stacks.map(({ environment }) => environment))).toEqual(new Set(["preview"]));
  const changes = report.stacks.flatMap(({ secondPlan }) => Object.values(secondPlan) as number[]);
  expect(changes.filter((count) => count > 0)).toEqual([]);
  const { metrics } = json<{ readonly metrics: readonly { id: string; value: number | null; count: number }[] }>(
    "metrics",
    "--no-synth",
  );
  const figure = metrics.find(({ id }) => id === "environment")!;
  expect(figure.count).toBe(1);
  expect(figure.value).toBeGreaterThan(0);
}, 480_000);

test("it cannot be removed while something lives: what would be lost is said, with how to get it out", () => {
  const head = workspace.git("rev-parse", "HEAD").trim();
  const { code, err } = workspace.paved("remove-environment", "preview", "--yes");
  expect(code).toBe(1);
  expect(err).toMatch(
    /PVD2202 preview-orders aws_db_instance\.\S+: got aws_db_instance \S+, which holds data,.*db-snapshot/,
  );
  expect(err).toMatch(/PVD2202 preview: got \d+ objects that can be made again/);
  expect(branches()).toEqual(["add-environment-preview", "main"]);
  untouched(head);
}, 120_000);

test("when nothing lives in it any more it is taken out, and every check agrees", () => {
  paved("destroy", "--env", "preview", "--no-synth", "--yes");
  const head = workspace.git("rev-parse", "HEAD").trim();
  expect(json("remove-environment", "preview", "--yes")).toMatchObject({ status: "made", place: "sandbox" });
  expect(workspace.git("log", "-1", "--format=%s", "remove-environment-preview").trim()).toBe(
    "Remove the environment preview: nothing lives in it in the sandbox",
  );
  untouched(head);
  workspace.git("switch", "-q", "remove-environment-preview");
  expect(workspace.git("diff", "--name-only", "main").trim()).toBe("environments/removed.txt");
  expect(existsSync(workspace.file("environments", "preview"))).toBe(false);
  paved("check", "--today", "2026-11-28");
  const held = workspace.paved("check", "--base", "add-environment-preview", "--today", "2026-11-28");
  expect(held).toMatchObject({ code: 1, err: expect.stringContaining("PVD2010 preview-") });
  const record = workspace.read("environments/removed.txt");
  workspace.write("environments/removed.txt", record.replace("444444444444 sandbox", "444444444444 cloud"));
  paved("check", "--base", "add-environment-preview", "--today", "2026-11-28");
  workspace.write("environments/removed.txt", record);
  expect(paved("remove-environment", "preview", "--yes").err).toBe("preview is removed already\n");
}, 480_000);
