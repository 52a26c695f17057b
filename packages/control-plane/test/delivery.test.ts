import { createHmac } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createServer } from "node:net";
import { ALL_COMPONENT_NAMES, deliveryOf, type Programs, statusOf, up } from "../src";
import { recordDelivery } from "../src/delivery/record";
import { ensureRepository } from "../src/delivery/repository";
import { readerToken, secretsOf } from "../src/delivery/secrets";
import { argoCdSettings } from "../src/delivery/settings";
import { portsOf } from "../src/ports";
import { isHealthy } from "../src/processes/health";
import { EnvironmentFolder } from "../src/site";
import { temporarySite } from "./temporary-site";

const site = temporarySite();
const folder = new EnvironmentFolder(site, "dev");
beforeAll(() => mkdirSync(folder.root, { recursive: true }));

test("what delivers to an environment is known from its folder, and is a part of its status from then on", async () => {
  expect([deliveryOf(site, "dev"), (await statusOf(site, "dev")).components]).toEqual([undefined, expect.any(Array)]);
  expect((await statusOf(site, "dev")).components).toHaveLength(5);
  recordDelivery(folder, "argo-cd");
  expect([deliveryOf(site, "dev"), deliveryOf(site, "staging")]).toEqual(["argo-cd", undefined]);
  expect((await statusOf(site, "dev")).components).toHaveLength(10);
  recordDelivery(folder, "flux");
  expect((await statusOf(site, "dev")).components).toHaveLength(8);
});

test("what did not start is not remembered to deliver", async () => {
  const program = { binary: path.join(site.root, "missing"), version: "1", pin: "1" };
  const programs = Object.fromEntries(ALL_COMPONENT_NAMES.map((name) => [name, program])) as unknown as Programs;
  const props = { environment: "staging", region: "eu-west-1", teams: [], delivery: "argo-cd" } as const;
  await expect(up(site, props, { programs, progress: () => {} })).rejects.toThrow("PVD9002 staging etcd");
  expect(deliveryOf(site, "staging")).toBeUndefined();
});

test("an environment that gets Argo CD later keeps its ports, and gets others beside them", async () => {
  const before = await portsOf(folder);
  const after = await portsOf(folder, "argo-cd");
  expect(after).toMatchObject(before);
  expect(new Set(Object.values(after)).size).toBe(13);
  expect(await portsOf(folder)).toEqual(after);
});

test("secrets stay, are another environment's never, and the token is what Argo CD's own key signs", () => {
  const secrets = secretsOf(folder);
  expect(secretsOf(folder)).toEqual(secrets);
  expect(secretsOf(new EnvironmentFolder(site, "staging")).signingKey).not.toBe(secrets.signingKey);
  const [head, claims, signature] = readerToken(secrets).split(".") as [string, string, string];
  const signed = createHmac("sha256", secrets.signingKey).update(`${head}.${claims}`).digest("base64url");
  expect([signature, JSON.parse(Buffer.from(claims, "base64url").toString())]).toEqual([
    signed,
    expect.objectContaining({ iss: "argocd", sub: "reader:apiKey", jti: secrets.token.id }),
  ]);
});

test("nobody is let in without a token, and the project default allows nothing", () => {
  const serving = { certificate: "CERTIFICATE", key: "KEY" };
  const address = "https://127.0.0.1:40123";
  const objects = argoCdSettings({ address, secrets: secretsOf(folder), serving });
  const named = (name: string) => objects.find(({ metadata }) => metadata.name === name);
  expect(named("argocd-cm")).toMatchObject({
    data: { "admin.enabled": "false", "users.anonymous.enabled": "false", url: address },
  });
  expect(named("argocd-rbac-cm")).toMatchObject({
    data: { "policy.default": "", "policy.csv": "g, reader, role:readonly\n" },
  });
  expect(named("default")).toMatchObject({ spec: { sourceRepos: [], destinations: [], clusterResourceWhitelist: [] } });
});

test("the repository is made once, and only its owner may look into it", () => {
  ensureRepository(folder);
  writeFileSync(path.join(folder.repository, "mark"), "");
  ensureRepository(folder);
  expect(readFileSync(path.join(folder.repository, "HEAD"), "utf8")).toBe("ref: refs/heads/delivery\n");
  expect([statSync(folder.repository).mode & 0o777, statSync(path.join(folder.repository, "mark")).size]).toEqual([
    0o700, 0,
  ]);
});

test("a component with words of its own works when it answers as it should", async () => {
  const server = createServer((socket) => socket.on("data", (text) => socket.end(`+${text.toString()}`)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  expect(await isHealthy({ port, ask: "PONG", answer: /\+PONG/ })).toBe(true);
  expect(await isHealthy({ port, ask: "NOAUTH", answer: /\+PONG/ })).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isHealthy({ port, ask: "PONG", answer: /\+PONG/ })).toBe(false);
});
