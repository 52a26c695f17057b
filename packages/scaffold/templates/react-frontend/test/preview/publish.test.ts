import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ASK_FIRST, cacheControl, FOR_EVER } from "../../preview/cache.ts";

/** An `aws` that writes down what it is asked to do, and answers where the site is and which page is there, or why that is not known. */
const AWS = `#!/bin/sh
printf '%s\\n' "$*" >> said
case "$2" in
  get-parameter) echo '{"bucketName":"files","distributionId":"E1","deliveryRoleArn":"arn"}' ;;
  head-object) cat page 2>/dev/null || { cat error >&2; exit 254; } ;;
esac
`;
const ABSENT = "An error occurred (404) when calling the HeadObject operation: Not Found";
const script = path.resolve("scripts/publish.sh");

/** A folder with a build of a repository of three commits: two on `main`, and one of a branch. */
let room: string;
let older: string;
let newer: string;
let aside: string;

function git(...words: readonly string[]): string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...words], { cwd: room, encoding: "utf8" }).trim();
}
function commit(): string {
  git("commit", "--quiet", "--allow-empty", "--message", "a change");
  return git("rev-parse", "HEAD");
}

beforeAll(async () => {
  room = await mkdtemp(path.join(tmpdir(), "publish-"));
  await writeFile(path.join(room, "aws"), AWS, { mode: 0o755 });
  await mkdir(path.join(room, "dist", "assets"), { recursive: true });
  await writeFile(path.join(room, "dist", "index.html"), "");
  git("init", "--quiet", "--initial-branch=main");
  older = commit();
  git("switch", "--quiet", "--create", "aside");
  aside = commit();
  git("switch", "--quiet", "main");
  newer = commit();
});
afterAll(() => rm(room, { recursive: true, force: true }));
beforeEach(() => rm(path.join(room, "said"), { force: true }));

/** What is asked of AWS to publish. @param there what S3 says of the page that is there */
async function publish(there: string, ...words: readonly string[]): Promise<readonly string[]> {
  await rm(path.join(room, "page"), { force: true });
  await writeFile(path.join(room, there.startsWith("An error") ? "error" : "page"), there);
  const env = { ...process.env, PATH: `${room}:${process.env["PATH"]}` };
  await promisify(execFile)("bash", [script, ...words], { env, cwd: room });
  return asked();
}
const asked = async (): Promise<readonly string[]> =>
  (await readFile(path.join(room, "said"), "utf8")).trim().split("\n");
const pageOf = (commit: string): string => `"e7a9"\t${commit}\n`;

test("files that pages ask for are there before the page, and what is cached of the page ends last", async () => {
  const said = await publish(ABSENT, "staging", newer);
  expect(said.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "ssm get-parameter",
    "s3api head-object",
    "s3 cp",
    "s3 cp",
    "s3api put-object",
    "cloudfront create-invalidation",
  ]);
  expect(said[2]).toContain("/assets s3://files/assets --recursive");
  expect(said[3]).toContain("--exclude assets/* --exclude index.html");
  expect(said[4]).toContain("--bucket files --key index.html --body dist/index.html --content-type text/html");
  expect(said[5]).toContain("--distribution-id E1 --paths /index.html");
});

test("files are uploaded with the Cache-Control that a preview answers them with", async () => {
  const uploads = (await publish(ABSENT, "staging", newer)).filter((line) => line.includes("--cache-control"));
  expect(uploads.map((line) => /--cache-control (.+?)(?= --|$)/.exec(line)?.[1])).toEqual([
    FOR_EVER,
    ASK_FIRST,
    ASK_FIRST,
  ]);
  expect(["/assets/index-1.js", "/robots.txt", "/index.html"].map(cacheControl)).toEqual([
    FOR_EVER,
    ASK_FIRST,
    ASK_FIRST,
  ]);
});

describe("the page says which commit it is of, and is replaced only while it is the one that was looked at", () => {
  test.each([
    ["there is none", () => ABSENT, "--if-none-match *"],
    ["it does not say", () => pageOf("None"), '--if-match "e7a9"'],
    ["it is older", () => pageOf(older), '--if-match "e7a9"'],
    ["it is the same", () => pageOf(newer), '--if-match "e7a9"'],
    ["it is of a branch", () => pageOf(aside), '--if-match "e7a9"'],
  ])("%s", async (_, there, only) => {
    const page = (await publish(there(), "staging", newer)).find((line) => line.startsWith("s3api put-object"));
    expect(page?.endsWith(`--metadata commit=${newer} ${only}`)).toBe(true);
  });
});

test("what is older than what is published is refused before anything is uploaded, and brought when that is said", async () => {
  await expect(publish(pageOf(newer), "staging", older)).rejects.toThrow(/nothing is published: staging has .*newer/);
  expect((await asked()).at(-1)).toContain("head-object");
  expect((await publish(pageOf(newer), "--back", "staging", older)).at(-2)).toContain(`commit=${older}`);
});

test("what is published of a commit that is not here may be newer, and is refused", async () => {
  await expect(publish(pageOf("0".repeat(40)), "staging", newer)).rejects.toThrow(/not in this clone: git fetch/);
  expect((await asked()).at(-1)).toContain("head-object");
});

test("what S3 says instead of an answer is said, and nothing is uploaded", async () => {
  const denied = "An error occurred (403) when calling the HeadObject operation: Forbidden";
  await expect(publish(denied, "staging", newer)).rejects.toThrow(`nothing is published: ${denied}`);
  expect((await asked()).at(-1)).toContain("head-object");
});

test.each([
  ["a build", () => ["staging", newer, "no-build"], /no-build is no build/],
  ["a commit", () => ["staging", "no-commit"], /no-commit is no commit of this repository/],
])("without %s nothing is uploaded", async (_, words, why) => {
  await expect(publish(ABSENT, ...words())).rejects.toThrow(why);
  await expect(asked()).rejects.toThrow(/ENOENT/);
});
