import { createServer } from "node:http";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { PavedError, registryHost } from "@paved/model";
import { copy, dev, kept, orders, registriesForTests, staging } from "./copying";
import { type FaultyRegistry, faultyRegistry } from "./faulty-registry";
import { Repository } from "./pushed";

const registries = registriesForTests();
const inDev = () => new Repository(registries.portOf(dev), "commerce/orders");
const inStaging = () => new Repository(registries.portOf(staging), "commerce/orders");
const MEGABYTE = 1_000_000;

let front: FaultyRegistry;
beforeAll(async () => {
  front = await faultyRegistry(() => registries.portOf(staging));
});
afterAll(() => front.stop());
afterEach(async () => {
  front.heal();
  for (const registry of [dev, staging]) await registries.start(registry);
});

/** Programs that this process has started and that run, by their process ids. */
const children = () =>
  readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter(
      (pid) => statOf(pid)?.startsWith(`(regctl) `) === true && statOf(pid)?.split(" ")[2] === String(process.pid),
    )
    .map(Number);

function statOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").slice(pid.length + 1);
  } catch {
    return undefined;
  }
}

/** One user, AWS, with the password `of-ecr`. */
const ONLY_AWS = "AWS:$2b$04$XsRmDUS7A4.dBeS/CYBPQusCbg/VnD4Wx1Ka8f.OT.yyUR7rQKhO6\n";

test("fails with PVD2106 while the registry to read from is down, once a repository, and copies images when it is up", async () => {
  const digests = [await inDev().pushImage("down 1"), await inDev().pushImage("down 2")];
  await registries.stop(dev);
  await expect(copy({ images: digests.map(orders) })).rejects.toThrow(
    /^PVD2106 111111111111\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/commerce\/orders \(dev\): got dial tcp \S+ connect: connection refused, want .*$/,
  );
  await registries.start(dev);
  expect(await copy({ images: digests.map(orders) })).toMatchObject([{ state: "copied" }, { state: "copied" }]);
});

test("fails with PVD2106 without access, and says as whom one would have it", async () => {
  const digest = await inDev().pushImage("closed");
  await registries.start(dev, ONLY_AWS);
  await expect(copy({ images: [orders(digest)] })).rejects.toMatchObject({
    findings: [
      {
        code: "PVD2106",
        got: expect.stringContaining("unauthorized"),
        want: "its images to be read",
        fix: "have credentials of AWS that may do so, as paved-copy of account 222222222222 does in apply.yml",
      },
    ],
  });
});

test("signs in with what ECR gives for the credentials of AWS", async () => {
  const digest = await inDev().pushImage("signed in");
  await registries.start(dev, ONLY_AWS);
  const calls: string[] = [];
  const ecr = createServer((asked, answer) => {
    calls.push(`${String(asked.headers["x-amz-target"])} ${String(asked.headers["authorization"]).slice(0, 16)}`);
    const token = Buffer.from("AWS:of-ecr").toString("base64");
    const data = {
      authorizationToken: token,
      expiresAt: Date.now() / 1000 + 3600,
      proxyEndpoint: `https://${registryHost(dev)}`,
    };
    answer.setHeader("content-type", "application/x-amz-json-1.1");
    answer.end(JSON.stringify({ authorizationData: [data] }));
  }).listen(0, "127.0.0.1");
  await once(ecr, "listening");
  const credentials = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "of-nobody" };
  const endpoint = `http://127.0.0.1:${(ecr.address() as AddressInfo).port}`;
  Object.assign(process.env, { ...credentials, AWS_ENDPOINT_URL_ECR: endpoint });
  try {
    expect(await copy({ images: [orders(digest)] })).toMatchObject([{ state: "copied" }]);
  } finally {
    for (const name of [...Object.keys(credentials), "AWS_ENDPOINT_URL_ECR"]) delete process.env[name];
    ecr.close();
  }
  expect(new Set(calls)).toEqual(
    new Set(["AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken AWS4-HMAC-SHA256"]),
  );
});

test.each([
  [
    "killed",
    () => children().forEach((pid) => process.kill(pid, "SIGKILL")),
    /^PVD2106 .* got regctl ended with SIGKILL/,
  ],
  ["stopped", (stop: AbortController) => stop.abort(interrupted()), /^PVD2006 copy: got interrupted/],
])("an image whose copy is %s in its middle is not there, and whole after the next one", async (how, end, said) => {
  const digest = await inDev().pushImage(`${how} midway`, MEGABYTE);
  registries.leadTo(staging, front.port);
  // Layers of one platform are there by then.
  const reached = front.stall(/^PUT \/v2\/commerce\/orders\/manifests\//);
  const stop = new AbortController();
  const copying = copy({ images: [orders(digest)], signal: stop.signal });
  const ended = copying.catch((error: Error) => error.message);
  await reached;
  end(stop);
  expect(await ended).toMatch(said);
  expect(children()).toEqual([]);
  expect(await inStaging().manifest(kept(digest))).toBeUndefined();
  front.heal();
  expect(await copy({ images: [orders(digest)] })).toMatchObject([{ state: "copied" }]);
  expect(await inStaging().parts(digest)).toEqual(await inDev().parts(digest));
});

function interrupted(): PavedError {
  return new PavedError({ code: "PVD2006", where: "copy", got: "interrupted", want: "its end", fix: "run it again" });
}

test("fails with PVD2106 for an image that is not what its digest says, and nothing of it is there", async () => {
  const digest = await inDev().pushImage("forged");
  const forging = await faultyRegistry(() => registries.portOf(dev));
  registries.leadTo(dev, forging.port);
  forging.alter(new RegExp(`^GET .*/manifests/${digest}$`), (body) => body.replace('"forged"', '"FORGED"'));
  await expect(copy({ images: [orders(digest)] })).rejects.toThrow(/^PVD2106 .*digest/);
  expect(await inStaging().manifest(kept(digest))).toBeUndefined();
  await forging.stop();
});

test("where only the last word is missing, nothing is sent that is there", async () => {
  const digest = await inDev().pushImage("last word", MEGABYTE);
  registries.leadTo(staging, front.port);
  const reached = front.stall(new RegExp(`^PUT /v2/commerce/orders/manifests/${kept(digest)}`));
  const stop = new AbortController();
  const ended = copy({ images: [orders(digest)], signal: stop.signal }).catch((error: Error) => error.message);
  await reached;
  stop.abort(interrupted());
  expect(await ended).toMatch(/^PVD2006/);
  front.heal();
  front.seen.length = 0;
  await copy({ images: [orders(digest)] });
  expect(front.seen.filter((words) => /^(PUT|PATCH|POST)/.test(words))).toEqual([
    `PUT /v2/commerce/orders/manifests/${kept(digest)}`,
  ]);
});

test("where only a tag is missing, its own registry is asked for no list, which the role that copies may not see", async () => {
  const digest = await inStaging().pushImage("only tagged");
  registries.leadTo(staging, front.port);
  front.seen.length = 0;
  expect(await copy({ images: [orders(digest)] })).toMatchObject([{ state: "kept" }]);
  expect(front.seen.filter((words) => /tags\/list|referrers/.test(words))).toEqual([]);
});
