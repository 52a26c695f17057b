import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { lastApplied } from "../src/github/applied";
import { gitHubApprovers } from "../src/github/approvers";
import { gitHubAuthors } from "../src/github/authors";
import { type GitHubRun, gitHubRun } from "../src/github/run";

let server: Server;
let answer: { readonly status: number; readonly body: string } = { status: 200, body: "[]" };
const asked: { url?: string; authorization?: string; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    asked.push({ url: request.url, authorization: request.headers.authorization, body });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

const review = (login: string, state = "approved", ...environments: string[]) => ({
  state,
  user: { login },
  environments: (environments.length === 0 ? ["production"] : environments).map((name) => ({ name })),
});
/** A run of which GitHub says this. */
function runOf(said: unknown, status = 200): GitHubRun {
  answer = { status, body: typeof said === "string" ? said : JSON.stringify(said) };
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const workflow = "acme/paved/.github/workflows/apply.yml@refs/heads/main";
  const repository = "acme/paved";
  return {
    api,
    graphql: `${api}/graphql`,
    repository,
    run: "17",
    workflow,
    branch: "main",
    actor: "Ada",
    token: "t0ken",
  };
}
const approvers = (reviews: unknown, status = 200, environments = ["production"]) =>
  gitHubApprovers(runOf(reviews, status), environments);

test("everybody who let the run go on counts once, and who started it does not", async () => {
  const reviews = [review("grace"), review("grace"), review("linus", "rejected"), review("ada"), review("barbara")];
  expect(await approvers(reviews)).toEqual(["barbara", "grace"]);
  const url = "/repos/acme/paved/actions/runs/17/approvals";
  expect(asked.at(-1)).toEqual({ url, authorization: "Bearer t0ken", body: "" });
});

test("what is no review counts for nothing", async () => {
  expect(
    await approvers([
      null,
      1,
      {},
      { state: "approved" },
      { state: "approved", user: null },
      { state: "approved", user: {} },
      { state: "approved", user: { login: "grace" } },
      { state: "approved", user: { login: "grace" }, environments: [null, {}, { name: 1 }] },
    ]),
  ).toEqual([]);
});

test("who let the run go on into another environment has not seen this one's plan", async () => {
  const reviews = [
    review("grace", "approved", "dev"),
    review("linus", "approved", "production-eu"),
    review("barbara", "approved", "production-second"),
  ];
  expect(await approvers(reviews)).toEqual(["barbara"]);
  const both = [...reviews, review("grace", "approved", "production")];
  expect(await approvers(both, 200, ["dev", "production"])).toEqual(["grace"]);
});

test.each([
  [
    "refuses",
    "{}",
    403,
    /PVD5018 GitHub: got 403 of .*; give the job the permissions actions: read and contents: read/,
  ],
  ["says something else", "<html>", 200, /PVD5018 GitHub: got no list of approvals/],
])("fails with PVD5018 when GitHub %s", async (_, body, status, message) => {
  await expect(approvers(body, status)).rejects.toThrow(message);
});

test("fails with PVD5018 when GitHub cannot be reached", async () => {
  const nowhere = { ...runOf([]), api: "http://127.0.0.1:1" };
  await expect(gitHubApprovers(nowhere, ["production"])).rejects.toThrow(
    /PVD5018 GitHub: got .*; let the runner reach GitHub's API/,
  );
});

test("who wrote a commit is known by its account, whatever the address, and co-authors are", async () => {
  const nodes = [
    { name: "Ada Lovelace", email: "ada@example.com", user: { login: "adal" } },
    { name: "a robot", email: "7+robot[bot]@users.noreply.github.com", user: null },
  ];
  const found = { c0: { authors: { nodes } }, c1: { authors: { nodes: nodes.slice(0, 1) } } };
  expect(await gitHubAuthors(runOf({ data: { repository: found } }), ["a".repeat(40), "b".repeat(40)])).toEqual([
    "adal",
    "robot[bot]",
  ]);
  expect(asked.at(-1)).toMatchObject({ url: "/graphql", body: expect.stringContaining("b".repeat(40)) });
});

test("commits are asked for fifty at a time", async () => {
  const before = asked.length;
  const found = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`c${index}`, { authors: { nodes: [{ user: { login: "adal" } }] } }]),
  );
  const commits = Array.from({ length: 120 }, (_, index) => String(index).padStart(40, "0"));
  expect(await gitHubAuthors(runOf({ data: { repository: found } }), commits)).toEqual(["adal"]);
  expect(asked.length - before).toBe(3);
});

test("fails with PVD5018 on a commit that GitHub does not know, and on an author without an account", async () => {
  const found = { c0: null, c1: { authors: { nodes: [{ name: "Ada", email: "ada@example.com", user: null }] } } };
  const asking = gitHubAuthors(runOf({ data: { repository: found } }), ["a".repeat(40), "b".repeat(40)]);
  await expect(asking).rejects.toThrow(
    /PVD5018 GitHub: got no commit a{40}.*\nPVD5018 GitHub: got no account of Ada <ada@example.com>, who wrote b{12}/,
  );
  await expect(gitHubAuthors(runOf({ errors: [] }), ["a".repeat(40)])).rejects.toThrow(/PVD5018 .*no commits of it/);
});

test("what was applied last is the commit of the last run of this workflow and branch that succeeded", async () => {
  expect(await lastApplied(runOf({ workflow_runs: [{ head_sha: "a".repeat(40) }] }))).toBe("a".repeat(40));
  const url = "/repos/acme/paved/actions/workflows/apply.yml/runs?branch=main&status=success&per_page=1";
  expect(asked.at(-1)).toMatchObject({ url });
  expect(await lastApplied(runOf({ workflow_runs: [] }))).toBeUndefined();
});

test.each([[{}], [{ workflow_runs: [null] }], [{ workflow_runs: [{ head_sha: 1 }] }]])(
  "fails with PVD5018 when GitHub says %j of the runs",
  async (said) => {
    await expect(lastApplied(runOf(said))).rejects.toThrow(/PVD5018/);
  },
);

test("fails with PVD5018 for each variable of GitHub that is missing", () => {
  const given = { GITHUB_RUN_ID: "1", GITHUB_ACTOR: "ada", GITHUB_API_URL: "https://api.github.com" };
  const names = ["GRAPHQL_URL", "REPOSITORY", "WORKFLOW_REF", "REF_NAME", "TOKEN"];
  expect(() => gitHubRun(given)).toThrow(
    new RegExp(names.map((name) => `PVD5018 GitHub: got no GITHUB_${name}.*`).join("\n")),
  );
});
