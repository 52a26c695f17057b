import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ASK_FIRST, cacheControl, FOR_EVER } from "../../preview/cache.ts";

/** An `aws` that writes down what it is asked to do, and answers where the site is. */
const AWS = `#!/bin/sh
printf '%s\\n' "$*" >> "$SAID"
echo '{"bucketName":"files","distributionId":"E1","deliveryRoleArn":"arn"}'
`;

let room: string;
let asked: readonly string[];

beforeAll(async () => {
  room = await mkdtemp(path.join(tmpdir(), "publish-"));
  const said = path.join(room, "said");
  await writeFile(path.join(room, "aws"), AWS, { mode: 0o755 });
  await mkdir(path.join(room, "dist", "assets"), { recursive: true });
  await writeFile(path.join(room, "dist", "index.html"), "");
  const env = { ...process.env, PATH: `${room}:${process.env["PATH"]}`, SAID: said };
  const script = path.resolve("scripts/publish.sh");
  await promisify(execFile)("bash", [script, "staging", path.join(room, "dist")], { env });
  asked = (await readFile(said, "utf8")).trim().split("\n");
});
afterAll(() => rm(room, { recursive: true, force: true }));

test("files that pages ask for are there before the page, and what is cached of the page ends last", () => {
  expect(asked.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "ssm get-parameter",
    "s3 cp",
    "s3 cp",
    "s3 cp",
    "cloudfront create-invalidation",
  ]);
  expect(asked[1]).toContain("/assets s3://files/assets --recursive");
  expect(asked[2]).toContain("--exclude assets/* --exclude index.html");
  expect(asked[3]).toContain("/index.html s3://files/index.html");
  expect(asked[4]).toContain("--distribution-id E1 --paths /index.html");
});

test("files are uploaded with the Cache-Control that a preview answers them with", () => {
  const uploads = asked.filter((line) => line.startsWith("s3 "));
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

test("without a build nothing is uploaded", async () => {
  const env = { ...process.env, PATH: `${room}:${process.env["PATH"]}`, SAID: path.join(room, "nothing") };
  const script = path.resolve("scripts/publish.sh");
  const published = promisify(execFile)("bash", [script, "staging", path.join(room, "no-build")], { env });
  await expect(published).rejects.toThrow(/is no build/);
  await expect(readFile(path.join(room, "nothing"))).rejects.toThrow(/ENOENT/);
});
