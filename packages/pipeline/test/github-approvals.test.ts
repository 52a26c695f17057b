import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gitHubApprovers, gitHubRun } from "../src/bundle/github-approvals";

let server: Server;
let answer: { readonly status: number; readonly body: string } = { status: 200, body: "[]" };
const asked: { url?: string; authorization?: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
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
const approvers = (reviews: unknown, status = 200, environments = ["production"]) => {
  answer = { status, body: typeof reviews === "string" ? reviews : JSON.stringify(reviews) };
  const { port } = server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}`;
  return gitHubApprovers({ api, repository: "acme/paved", run: "17", actor: "Ada", token: "t0ken" }, environments);
};

test("everybody who let the run go on counts once, and who started it does not", async () => {
  const reviews = [review("grace"), review("grace"), review("linus", "rejected"), review("ada"), review("barbara")];
  expect(await approvers(reviews)).toEqual(["barbara", "grace"]);
  expect(asked.at(-1)).toEqual({ url: "/repos/acme/paved/actions/runs/17/approvals", authorization: "Bearer t0ken" });
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
  ["refuses", "{}", 403, /PVD5018 GitHub: got 403 of .*; give the job the permission actions: read/],
  ["says something else", "<html>", 200, /PVD5018 GitHub: got no list of approvals/],
])("fails with PVD5018 when GitHub %s", async (_, body, status, message) => {
  await expect(approvers(body, status)).rejects.toThrow(message);
});

test("fails with PVD5018 when GitHub cannot be reached", async () => {
  const nowhere = { api: "http://127.0.0.1:1", repository: "a/b", run: "1", actor: "ada", token: "t" };
  await expect(gitHubApprovers(nowhere, ["production"])).rejects.toThrow(
    /PVD5018 GitHub: got .*; let the runner reach GitHub's API/,
  );
});

test("fails with PVD5018 for each variable of GitHub that is missing", () => {
  expect(() =>
    gitHubRun({ GITHUB_RUN_ID: "1", GITHUB_ACTOR: "ada", GITHUB_API_URL: "https://api.github.com" }),
  ).toThrow(/PVD5018 GitHub: got no GITHUB_REPOSITORY.*\nPVD5018 GitHub: got no GITHUB_TOKEN/);
});
