import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRunning, processesIn } from "@paved/machine";
import { environmentsIn, statusOf } from "../src";
import type { Component } from "../src/components/component";
import { recipeOf, runningProcess, startProcess, stopProcess } from "../src/processes/component-process";
import { ensureRunning } from "../src/processes/ensure-running";
import { EnvironmentFolder } from "../src/site";
import { temporarySite } from "./temporary-site";

const site = temporarySite();
const folder = new EnvironmentFolder(site, "dev");
const binary = path.join(site.root, "program");
const component: Component = {
  name: "etcd",
  binary,
  arguments: ["--name=default"],
  ports: [],
  health: { url: "https://127.0.0.1:1/health", authority: "none" },
};

function program(script: string): void {
  writeFileSync(binary, `#!/bin/sh\n${script}\n`);
  chmodSync(binary, 0o755);
}

afterEach(() => stopProcess(folder, "etcd"));

const said = async (wanted: RegExp): Promise<string> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const text = readFileSync(folder.log("etcd"), "utf8");
    if (wanted.test(text)) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return readFileSync(folder.log("etcd"), "utf8");
};

test("a component gets its arguments and none of the user's settings", async () => {
  process.env["KUBECONFIG"] = "/somewhere/else";
  program('echo "$@" "[$KUBECONFIG]" "$HOME" "$PWD"; exec sleep 30');
  startProcess(folder, component, "recipe");
  delete process.env["KUBECONFIG"];
  expect(await said(/\n/)).toBe(`--name=default [] ${folder.working("etcd")} ${folder.working("etcd")}\n`);
});

test("it is known by its note, and stopping it leaves neither process nor note", async () => {
  program("exec sleep 30");
  const started = startProcess(folder, component, "recipe")!;
  expect(runningProcess(folder, "etcd")).toEqual(started);
  expect(await stopProcess(folder, "etcd")).toBe(true);
  expect([isRunning(started.pid, started.start), runningProcess(folder, "etcd")]).toEqual([false, undefined]);
  expect(await stopProcess(folder, "etcd")).toBe(false);
});

test("one that does not listen to a gentle word is killed", async () => {
  program("trap '' TERM; echo deaf; while :; do sleep 1; done");
  const { pid, start } = startProcess(folder, component, "recipe")!;
  await said(/deaf/);
  await stopProcess(folder, "etcd");
  expect(isRunning(pid, start)).toBe(false);
}, 20_000);

test("a process whose note is of another with the same id is not taken for it, nor stopped", async () => {
  program("exec sleep 30");
  const { pid } = startProcess(folder, component, "recipe")!;
  writeFileSync(folder.note("etcd"), JSON.stringify({ pid: process.pid, start: "1", recipe: "recipe" }));
  expect(runningProcess(folder, "etcd")).toBeUndefined();
  expect(processesIn(folder.working("etcd"))).toEqual([pid]);
  expect(await stopProcess(folder, "etcd")).toBe(true);
  expect([isRunning(pid), isRunning(process.pid)]).toEqual([false, true]);
});

test("what works in a folder that was deleted is found and stopped all the same", async () => {
  program("exec sleep 30");
  const { pid, start } = startProcess(folder, component, "recipe")!;
  rmSync(site.controlPlanes, { recursive: true });
  expect(environmentsIn(site)).toEqual(["dev"]);
  expect(await statusOf(site, "dev")).toMatchObject({
    state: "degraded",
    components: [{ name: "etcd", pid }, {}, {}, {}, {}],
  });
  expect(await stopProcess(folder, "etcd")).toBe(true);
  expect([isRunning(pid, start), environmentsIn(site)]).toEqual([false, []]);
});

test("fails with PVD9002 on a binary that the system does not run, and notes no process", async () => {
  const missing = { ...component, binary: path.join(site.root, "missing") };
  await expect(ensureRunning(folder, [{ component: missing, recipe: "recipe" }])).rejects.toThrow(
    /^PVD9002 dev etcd: got .*\/missing, which the system does not run, want a program; remove it, then run paved sandbox up/,
  );
  expect(runningProcess(folder, "etcd")).toBeUndefined();
});

test("the log of the start before is kept beside the new one", async () => {
  program("echo $$; exec sleep 30");
  const first = startProcess(folder, component, "recipe")!;
  await said(/\n/);
  await stopProcess(folder, "etcd");
  const second = startProcess(folder, component, "recipe")!;
  await said(/\n/);
  const before = readFileSync(folder.log("etcd.previous"), "utf8");
  expect([before, readFileSync(folder.log("etcd"), "utf8")]).toEqual([`${first.pid}\n`, `${second.pid}\n`]);
});

test("other arguments, another pin and other keys are another recipe", () => {
  const recipes = [
    recipeOf(component, "pin", "keys"),
    recipeOf({ ...component, arguments: ["--name=other"] }, "pin", "keys"),
    recipeOf(component, "other", "keys"),
    recipeOf(component, "pin", "other"),
  ];
  expect(new Set(recipes).size).toBe(4);
  expect(recipeOf({ ...component }, "pin", "keys")).toBe(recipes[0]);
});
