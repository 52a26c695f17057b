import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { isRunning, processesIn } from "@paved/machine";
import {
  applyObjects,
  COMPONENT_NAMES,
  type ComponentName,
  type ControlPlane,
  down,
  logsOf,
  settledStatus,
  statusOf,
  up,
} from "../src";
import { runningProcess, startProcess } from "../src/processes/component-process";
import { EnvironmentFolder } from "../src/site";
import { kill } from "./kill";
import { listenOnThisMachineOnly } from "./listeners";
import { deployment, eventually, namespace, readyPods } from "./objects";
import { OwnSite, STARTING_MS } from "./own-site";

jest.setTimeout(STARTING_MS);

const site = new OwnSite();
const folder = new EnvironmentFolder(site, "dev");
const silent = (): void => {};
let controlPlane: ControlPlane;

beforeAll(async () => {
  controlPlane = await site.up();
  await applyObjects(site.client(controlPlane, "administrator"), [namespace("kept"), deployment("kept", "web", 2)], {
    fieldManager: "test",
  });
}, STARTING_MS);

const pids = async (): Promise<Record<string, number>> => {
  const { components } = await statusOf(site, "dev");
  return Object.fromEntries(components.map(({ name, pid }) => [name, pid ?? 0]));
};
const works = async (): Promise<void> => {
  const client = site.client(controlPlane, "administrator");
  const ready = await eventually(
    () => readyPods(client, "kept"),
    (pods) => pods.length === 2,
  );
  expect(ready).toHaveLength(2);
};

test("all five run and listen on this machine only, and the status says so", async () => {
  expect(controlPlane.started).toEqual(COMPONENT_NAMES);
  const status = await settledStatus(site, "dev");
  expect(status).toMatchObject({ state: "ready", nodes: 3, ready: 3, kubeconfig: folder.kubeconfig });
  listenOnThisMachineOnly(status.components);
  for (const { memoryMiB } of status.components) expect(memoryMiB).toBeGreaterThan(10);
});

test("starting it again starts nothing, also when two do so at once", async () => {
  const before = await pids();
  const again = await Promise.all([site.up(), site.up()]);
  expect(again.map(({ started, server }) => ({ started, server }))).toEqual(
    [1, 2].map(() => ({ started: [], server: controlPlane.server })),
  );
  expect(await pids()).toEqual(before);
});

test.each(COMPONENT_NAMES)(
  "when %s was killed, starting it again starts that alone, and nothing is lost",
  async (name) => {
    await works();
    const before = await pids();
    await kill(folder, name);
    expect((await statusOf(site, "dev")).state).toBe("degraded");
    expect((await site.up()).started).toEqual([name]);
    const after = await pids();
    expect(COMPONENT_NAMES.filter((each) => after[each] !== before[each])).toEqual([name]);
    await works();
  },
);

test("when all were killed at once, all start again, with what was there", async () => {
  await kill(folder, ...COMPONENT_NAMES);
  expect((await statusOf(site, "dev")).state).toBe("stopped");
  expect((await site.up()).started).toEqual(COMPONENT_NAMES);
  await works();
});

test("a process of which nothing was written down is found by where it works, and replaced", async () => {
  const { kwok } = await pids();
  rmSync(folder.note("kwok"));
  expect((await site.up()).started).toEqual(["kwok"]);
  expect(processesIn(folder.working("kwok"))).toEqual([(await pids())["kwok"]]);
  expect((await pids())["kwok"]).not.toBe(kwok);
});

test("what a start that was killed left of Argo CD goes where nothing is to deliver", async () => {
  const left = { name: "redis", binary: "/bin/sleep", arguments: ["60"], ports: [], health: { url: "" } } as const;
  const { pid } = startProcess(folder, left, "left")!;
  expect((await site.up()).started).toEqual([]);
  expect([isRunning(pid), runningProcess(folder, "redis")]).toEqual([false, undefined]);
});

test("neither etcd nor the API server answers whoever has no certificate of its own authority", async () => {
  const status = await statusOf(site, "dev");
  const port = (name: ComponentName) => status.components.find((component) => component.name === name)!.port;
  const reader = site.client(controlPlane, "reader");
  const anonymous = fetchUntrusted(`https://127.0.0.1:${port("kube-apiserver")}/api/v1/namespaces`);
  expect(await anonymous).toBe(401);
  await expect(fetchUntrusted(`https://127.0.0.1:${port("etcd")}/health`)).rejects.toThrow(/alert|certificate/);
  await reader.get("/version");
});

test("it stops once, whole, and what it holds is there after the next start", async () => {
  expect((await down(site, "dev", silent)).toSorted()).toEqual(COMPONENT_NAMES.toSorted());
  expect(await down(site, "dev", silent)).toEqual([]);
  expect(COMPONENT_NAMES.flatMap((name) => processesIn(folder.working(name)))).toEqual([]);
  expect((await statusOf(site, "dev")).state).toBe("stopped");
  await site.up();
  await works();
});

test("where somebody else listens on one of its ports, it takes others", async () => {
  await down(site, "dev", silent);
  const squatter = createServer();
  const port = Number(new URL(controlPlane.server).port);
  await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
  try {
    const moved = await site.up();
    expect(moved.server).not.toBe(controlPlane.server);
    controlPlane = moved;
    await works();
  } finally {
    await new Promise((resolve) => squatter.close(resolve));
  }
});

test("two environments are apart: neither's objects nor its users are known to the other", async () => {
  const staging = await site.up("staging");
  const { items } = await site
    .client(staging, "administrator")
    .get<{ items: { metadata: { name: string } }[] }>("/api/v1/namespaces");
  expect(items.map(({ metadata }) => metadata.name)).not.toContain("kept");
  await down(site, "staging", silent);
  expect((await settledStatus(site, "dev")).state).toBe("ready");
});

test("it has as many nodes as it was told, also when it is started again, spread over the zones", async () => {
  const count = async () => settledStatus(site, "dev").then(({ nodes, ready }) => ({ nodes, ready }));
  await site.up("dev", undefined, 5);
  expect(await count()).toEqual({ nodes: 5, ready: 5 });
  await down(site, "dev", silent);
  await site.up();
  expect(await count()).toEqual({ nodes: 5, ready: 5 });
  const { items } = await site
    .client(controlPlane, "reader")
    .get<{ items: { metadata: { labels: Record<string, string> } }[] }>("/api/v1/nodes");
  const zones = items.map(({ metadata }) => metadata.labels["topology.kubernetes.io/zone"]!.at(-1));
  expect(zones.toSorted().join("")).toBe("aabbc");
  await site.up("dev", undefined, 3);
  expect(await count()).toEqual({ nodes: 3, ready: 3 });
  await works();
});

test("fails with PVD9002 on a component that ends, with its last words, and leaves nothing running", async () => {
  await down(site, "dev", silent);
  const broken = path.join(site.controlPlanes, "broken");
  writeFileSync(broken, "#!/bin/sh\necho no room for plans >&2\nexit 3\n", { mode: 0o755 });
  const programs = await site.programs();
  const props = { environment: "dev", region: "eu-west-1", teams: [] };
  const options = { programs: { ...programs, "kube-scheduler": { ...programs["kube-scheduler"], binary: broken } } };
  await expect(up(site, props, { ...options, progress: silent })).rejects.toThrow(
    "PVD9002 dev kube-scheduler: got it ended: no room for plans, want a component that works; " +
      "run paved sandbox logs --env dev --component kube-scheduler",
  );
  expect((await statusOf(site, "dev")).state).toBe("stopped");
  const [log] = logsOf(site, "dev", { lines: 5, only: "kube-scheduler" });
  expect(log).toEqual({ component: "kube-scheduler", lines: ["no room for plans"] });
  expect(readdirSync(folder.working("kube-scheduler"))).toEqual([]);
});

async function fetchUntrusted(url: string): Promise<number> {
  const { request } = await import("node:https");
  return new Promise((resolve, reject) => {
    const asked = request(url, { rejectUnauthorized: false, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject).end();
  });
}
