import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { VALID_DAYS } from "../src/certificates/authority";
import { Credentials } from "../src/certificates/credentials";

const DAY_MS = 86_400_000;
const home = mkdtempSync(path.join(tmpdir(), "paved-credentials-"));
const folder = path.join(home, "certificates");
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const server = { name: "kube-apiserver", usage: "server", addresses: ["127.0.0.1", "localhost"] } as const;
const team = { name: "commerce", groups: ["team:commerce"], usage: "client" } as const;

test("a server is held against its addresses, and a client is the user and the groups that its subject names", async () => {
  const credentials = await Credentials.in(folder);
  const authority = new X509Certificate(readFileSync(credentials.authority("kubernetes")));
  const { certificate } = await credentials.pair("kubernetes", server);
  const served = new X509Certificate(certificate);
  expect([served.verify(authority.publicKey), served.checkIP("127.0.0.1"), served.checkHost("localhost")]).toEqual([
    true,
    "127.0.0.1",
    "localhost",
  ]);
  expect([served.ca, authority.ca, served.checkIP("127.0.0.2")]).toEqual([false, true, undefined]);
  const pair = await credentials.pair("kubernetes", team);
  const client = new X509Certificate(pair.certificate);
  expect([client.subject, client.keyUsage]).toEqual(["O=team:commerce\nCN=commerce", ["1.3.6.1.5.5.7.3.2"]]);
  expect(client.checkPrivateKey(createPrivateKey(pair.key))).toBe(true);
});

test.each(["etcd", "argo-cd"] as const)("no certificate of Kubernetes is one of the authority of %s", async (other) => {
  const credentials = await Credentials.in(folder);
  const authority = new X509Certificate(readFileSync(credentials.authority(other)));
  const client = new X509Certificate((await credentials.pair("kubernetes", team)).certificate);
  expect([client.verify(authority.publicKey), client.checkIssued(authority)]).toEqual([false, false]);
});

test("what was issued stays, and only its owner may look into the folder", async () => {
  const first = await Credentials.in(folder);
  const pair = await first.pair("kubernetes", team);
  const second = await Credentials.in(folder);
  expect([await second.pair("kubernetes", team), second.generation]).toEqual([pair, first.generation]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("all is made anew a month before it ends, and where making it was interrupted or an authority is missing", async () => {
  const first = await Credentials.in(folder);
  await first.pair("kubernetes", team);
  jest.useFakeTimers({ now: Date.now() + (VALID_DAYS - 29) * DAY_MS, advanceTimers: true, doNotFake: ["nextTick"] });
  const renewed = await Credentials.in(folder);
  jest.useRealTimers();
  expect(renewed.generation).not.toBe(first.generation);
  expect(readdirSync(folder)).not.toContain("commerce.crt");
  rmSync(path.join(folder, "generation"));
  writeFileSync(path.join(folder, "etcd-authority.key"), "half");
  const again = await Credentials.in(folder);
  expect((await again.pair("etcd", server)).certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
  rmSync(again.authority("argo-cd"));
  expect((await Credentials.in(folder)).generation).not.toBe(again.generation);
});
