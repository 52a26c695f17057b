import { setTimeout as pause } from "node:timers/promises";
import { accessIn, ApiClient, type ComponentName, statusOf } from "@paved/control-plane";
import type { RunCommand, RunResult } from "../src/run/result";
import { withAccess } from "../src/sandbox/access";
import { openClusters } from "../src/sandbox/clusters";
import { openSandbox } from "../src/sandbox/provider-sandbox";
import { readFleet } from "../src/workspace/fleet";
import { remove, runFleet, workspaceWith } from "../test/fleet-on-disk";
import { kubernetesStack } from "./kubernetes-stack";
import { OwnControlPlane, silent } from "./own-control-plane";

const STARTING_MS = 240_000;
jest.setTimeout(STARTING_MS);

/** A control plane that stops, or something in it that does not go, while the real OpenTofu works on it. */
const COUNT = 60;
const MAPS = "/api/v1/namespaces/many/configmaps";
const workspace = workspaceWith([
  kubernetesStack({
    kubernetes_namespace_v1: { many: { metadata: { name: "many" } } },
    kubernetes_config_map_v1: {
      one: {
        for_each: `\${toset([for i in range(${COUNT}) : "map-\${i}"])}`,
        metadata: { name: "${each.key}", namespace: "${kubernetes_namespace_v1.many.metadata[0].name}" },
      },
    },
  }),
]);
const own = new OwnControlPlane(workspace);
let client: ApiClient;

async function start(): Promise<void> {
  const { kubeconfig } = await own.start();
  client?.close();
  client = new ApiClient(accessIn(kubeconfig, "dev-administrator")!);
}

beforeAll(start, STARTING_MS);

afterAll(async () => {
  client?.close();
  await own.remove();
  remove(workspace);
}, STARTING_MS);

async function kill(name: ComponentName): Promise<void> {
  const { components } = await statusOf(own.site, "dev");
  process.kill(components.find((component) => component.name === name)!.pid!, "SIGKILL");
}

/** @param begun called once it is known that the control plane runs, before anything is asked of it */
async function run(command: RunCommand, begun = async (): Promise<void> => {}): Promise<RunResult["stacks"][number]> {
  const { stacks } = readFleet(workspace);
  const access = { workspace, mode: "sandbox", stacks } as const;
  const { stacks: results } = await withAccess(access, async (opened) => {
    await begun();
    return runFleet(workspace, { command, ...opened });
  });
  return results[0]!;
}

/** Names of the maps that there are; none where there is no namespace. */
async function maps(): Promise<readonly string[]> {
  const { items } = await client.get<{ items: { metadata: { name: string } }[] }>(MAPS);
  return items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith("map-"));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(5);
}

const STOPPED = {
  code: "PVD9004",
  where: "dev",
  got: expect.stringMatching(/^a control plane that stopped answering: /),
  want: "one that runs",
  fix: "run paved sandbox up --env dev, then the same command again",
};

test("fails with PVD9004, once, when the API server dies in the middle of an apply, which ends well when it is run again", async () => {
  const applied = run("apply");
  await until(async () => (await maps()).length >= 5);
  await kill("kube-apiserver");
  expect((await applied).findings).toEqual([STOPPED]);
  await start();
  const made = (await maps()).length;
  expect(made).toBeLessThan(COUNT);
  expect(await run("apply")).toMatchObject({ status: "applied", findings: [] });
  expect((await maps()).length).toBe(COUNT);
  expect(await run("plan")).toMatchObject({ status: "unchanged" });
});

test.each([
  ["plan", "kube-apiserver"],
  ["apply", "kube-apiserver"],
  ["destroy", "kube-apiserver"],
  ["plan", "etcd"],
] as const)("%s fails with PVD9004, once, when %s has died before anything was asked", async (command, component) => {
  expect((await run(command, () => kill(component))).findings).toEqual([STOPPED]);
  await start();
  expect(await run("plan")).toMatchObject({ status: "unchanged", findings: [] });
});

test("fails with PVD9004 where what a killed run made cannot be removed, and is still known afterwards", async () => {
  const clusters = await openClusters(workspace, readFleet(workspace).stacks, silent);
  const sandbox = await openSandbox(workspace, clusters);
  const before = sandbox.objects("dev-orders");
  try {
    await kill("kube-apiserver");
    await expect(sandbox.removeOrphans("dev-orders", [])).rejects.toThrow(/^PVD9004 dev: /);
    expect(sandbox.objects("dev-orders")).toEqual(before);
  } finally {
    await sandbox.close();
    clusters.close();
    await start();
  }
});

test("Ctrl-C ends the wait for a namespace that does not go, and a later destroy goes on with it", async () => {
  const patch = (finalizers: readonly string[] | null) =>
    client.send({
      method: "PATCH",
      path: `${MAPS}/kube-root-ca.crt`,
      body: { metadata: { finalizers } },
      contentType: "application/merge-patch+json",
    });
  await patch(["example.com/held"]);
  const destroyed = run("destroy");
  const isGoing = async (): Promise<boolean> => {
    const { status } = await client.get<{ status: { phase: string } }>("/api/v1/namespaces/many");
    return status.phase === "Terminating";
  };
  await until(isGoing);
  process.emit("SIGINT");
  expect(await destroyed).toMatchObject({ status: "interrupted", findings: [{ code: "PVD2006" }] });
  expect(await isGoing()).toBe(true);
  await patch(null);
  expect(await run("destroy")).toMatchObject({ status: "destroyed", findings: [] });
});
