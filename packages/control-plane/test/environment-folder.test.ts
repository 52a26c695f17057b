import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isFree } from "@paved/machine";
import { parse } from "yaml";
import { down, environmentsIn, logsOf, remove, statusOf } from "../src";
import { accessIn, kubeconfigOf } from "../src/kubeconfig";
import { forgetPorts, portsOf } from "../src/ports";
import { EnvironmentFolder } from "../src/site";
import { temporarySite } from "./temporary-site";

const site = temporarySite();
const folder = new EnvironmentFolder(site, "dev");
const silent = (): void => {};

test("an environment that was never started is stopped, and stopping or removing it does nothing", async () => {
  expect(environmentsIn(site)).toEqual([]);
  expect(await statusOf(site, "dev")).toMatchObject({ state: "stopped", memoryMiB: 0 });
  expect(await down(site, "dev", silent)).toEqual([]);
  expect(await remove(site, "dev", silent)).toEqual([]);
  expect(environmentsIn(site)).toEqual([]);
});

test("fails with PVD9003 on the logs of an environment that was never started", () => {
  expect(() => logsOf(site, "dev", { lines: 5 })).toThrow(
    "PVD9003 dev: got no log of a control plane, want one that was started; run paved sandbox up --env dev",
  );
});

test("logs are the last lines of each component that wrote any", () => {
  mkdirSync(path.dirname(folder.log("etcd")), { recursive: true });
  writeFileSync(folder.log("etcd"), "one\ntwo\nthree\n");
  writeFileSync(folder.log("kwok"), "only\n");
  expect(logsOf(site, "dev", { lines: 2 })).toEqual([
    { component: "etcd", lines: ["two", "three"] },
    { component: "kwok", lines: ["only"] },
  ]);
  expect(logsOf(site, "dev", { lines: 2, only: "kwok" })).toHaveLength(1);
});

test("ports are chosen once, each free and each another, and chosen anew when they were forgotten", async () => {
  const ports = await portsOf(folder);
  expect(new Set(Object.values(ports)).size).toBe(6);
  expect(await Promise.all(Object.values(ports).map(isFree))).toEqual(Array(6).fill(true));
  // From there on Linux takes ports for connections that go out.
  expect(Math.max(...Object.values(ports))).toBeLessThan(32_768);
  expect(await portsOf(folder)).toEqual(ports);
  forgetPorts(folder);
  expect(await portsOf(folder)).not.toEqual(ports);
});

test("a kubeconfig needs no other file, and names the first context as the one to use", () => {
  const cluster = { name: "paved-sandbox-dev", server: "https://127.0.0.1:6443", authority: "CA" };
  const accesses = [
    { context: "dev-reader", certificate: "READER", key: "KEY" },
    { context: "dev-team-commerce", certificate: "TEAM", key: "KEY" },
  ];
  const file = path.join(site.root, "kubeconfig");
  writeFileSync(file, kubeconfigOf(cluster, accesses));
  expect(parse(readFileSync(file, "utf8"))).toMatchObject({
    "current-context": "dev-reader",
    contexts: [{ name: "dev-reader" }, { name: "dev-team-commerce" }],
  });
  const { server, authority } = cluster;
  expect(accessIn(file, "dev-team-commerce")).toEqual({ server, authority, certificate: "TEAM", key: "KEY" });
  expect(accessIn(file, "dev-team-growth")).toBeUndefined();
});
