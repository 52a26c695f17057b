import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import { COMPONENT_NAMES } from "@paved/control-plane";
import { downCommand, logsCommand, statusCommand, upCommand } from "../src/commands/control-plane";
import { resetCommand } from "../src/commands/sandbox";
import { checkControlPlanes } from "../src/doctor/control-plane";
import { run } from "../test/sample-workspace";
import { realWorkspace, ROOT, STARTING_MS } from "./real-workspace";

jest.setTimeout(STARTING_MS);

const workspace = realWorkspace();
const paved = path.join(ROOT, "apps", "cli", "bin", "paved.js");
const only = (more: object = {}) => ({ options: { env: ["dev"], ...more } });

test("a control plane is started, looked at, stopped and removed by what a user types", async () => {
  try {
    const first = await run(upCommand, workspace, only());
    expect(first.out).toMatch(
      /^dev: Kubernetes \d+\.\d+\.\d+ at https:\/\/127\.0\.0\.1:\d+; started etcd, .*, kwok in [\d.]+ s\n {2}KUBECONFIG=\.paved\/control-plane\/dev\/kubeconfig\n {2}contexts: dev-reader, dev-administrator, dev-team-/,
    );
    const again = await run(upCommand, workspace, only({ json: true }));
    expect(JSON.parse(again.out)).toMatchObject({ controlPlanes: [{ environment: "dev", started: [] }] });

    const status = await run(statusCommand, workspace);
    expect(status).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^dev: ready at https:\/\/127\.0\.0\.1:\d+, 3 of 3 nodes, 0 pods, \d+ MiB\n/),
    });
    const { out } = await run(statusCommand, workspace, only({ json: true }));
    const [{ components }] = (JSON.parse(out) as { controlPlanes: [{ components: { name: string; pid: number }[] }] })
      .controlPlanes;
    process.kill(components.find(({ name }) => name === "kube-scheduler")!.pid, "SIGKILL");
    let degraded = await run(statusCommand, workspace);
    for (let tries = 0; degraded.code === 0 && tries < 50; tries += 1) degraded = await run(statusCommand, workspace);
    expect(degraded).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^dev: degraded at /),
    });
    const repair = { status: "warning", fix: "run paved sandbox up --env dev" };
    expect(await checkControlPlanes(workspace)).toMatchObject({
      found: expect.stringMatching(/^built; dev degraded, /),
      ...repair,
    });
    expect((await run(upCommand, workspace, only())).out).toContain("; started kube-scheduler in ");
    expect(await checkControlPlanes(workspace)).toMatchObject({
      status: "ok",
      found: expect.stringMatching(/^built; dev ready, /),
    });

    const logs = await run(logsCommand, workspace, only({ lines: "1" }));
    expect(logs.out.split("\n").map((line) => line.split(" ")[1])).toEqual(COMPONENT_NAMES);

    expect((await run(downCommand, workspace)).out).toMatch(/^dev: stopped /);
    expect(await run(statusCommand, workspace)).toMatchObject({ code: 0, out: "dev: stopped" });
  } finally {
    expect((await run(resetCommand, workspace)).out).toContain("; removed the control planes of dev");
  }
});

test("one that Argo CD delivers to says where, also when it is started again without a word of it", async () => {
  try {
    const first = await run(upCommand, workspace, only({ delivery: "argo-cd" }));
    expect(first.out).toMatch(
      /, redis, git-server, argocd-repo-server, argocd-application-controller, argocd-server in [\d.]+ s\n[^]*\n {2}Argo CD at https:\/\/127\.0\.0\.1:\d+, with the token in \.paved\/control-plane\/dev\/argo-cd\.token\n {2}delivers branch delivery of git:\/\/127\.0\.0\.1:\d+\/delivery\.git; push to \.paved\/control-plane\/dev\/git\/delivery\.git$/,
    );
    const again = await run(upCommand, workspace, only({ json: true }));
    const status = await run(statusCommand, workspace, only({ json: true }));
    const [{ delivery }] = (JSON.parse(again.out) as { controlPlanes: [{ delivery: object }] }).controlPlanes;
    expect(JSON.parse(again.out)).toMatchObject({ controlPlanes: [{ started: [], delivery: { branch: "delivery" } }] });
    expect(JSON.parse(status.out)).toMatchObject({ controlPlanes: [{ state: "ready", delivery }] });
  } finally {
    await run(resetCommand, workspace);
  }
});

test("a start that is killed in the middle leaves nothing that down does not find, and nothing in the way of the next", async () => {
  const child = spawn(process.execPath, [paved, "-C", workspace.root, "sandbox", "up", "--env", "dev"]);
  const ended = once(child, "exit");
  const note = path.join(workspace.controlPlanes, "dev", "run", "kube-apiserver.json");
  while (!existsSync(note)) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGKILL");
  await ended;
  try {
    expect(processesBelow(workspace.controlPlanes)).toBe(2);
    expect((await run(downCommand, workspace)).out).toBe("dev: stopped kube-apiserver, etcd");
    expect(processesBelow(workspace.controlPlanes)).toBe(0);
    expect((await run(upCommand, workspace, only())).out).toContain(
      "started etcd, kube-apiserver, kube-controller-manager",
    );
  } finally {
    await run(resetCommand, workspace);
  }
  expect(processesBelow(workspace.controlPlanes)).toBe(0);
});

/** Processes that work somewhere below a folder. */
function processesBelow(folder: string): number {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && directoryOf(pid).startsWith(folder)).length;
}

function directoryOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}
