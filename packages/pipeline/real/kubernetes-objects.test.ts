import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import {
  accessIn,
  ApiClient,
  applyObjects,
  type ControlPlane,
  type KubernetesObject,
  statusOf,
} from "@paved/control-plane";
import { findDrift } from "../src/drift/drift";
import type { RunCommand } from "../src/run/result";
import { openClusters } from "../src/sandbox/clusters";
import { openSandbox } from "../src/sandbox/provider-sandbox";
import { Interruption } from "../src/tofu/interruption";
import { readFleet } from "../src/workspace/fleet";
import { realEngine, remove, workspaceWith, writeFleet } from "../test/fleet-on-disk";
import { FACTS, GUARD_RAILS, kubernetesStack, QUOTA, type Resources } from "./kubernetes-stack";
import { OneStack, type StackResult } from "./one-stack";
import { OwnControlPlane, silent } from "./own-control-plane";
import { OTHER_KINDS, WRITTEN } from "./other-kinds";

const STARTING_MS = 240_000;
jest.setTimeout(STARTING_MS);

/** Stacks' Kubernetes objects, applied by the real OpenTofu to a real API server. */
const workspace = workspaceWith([kubernetesStack(GUARD_RAILS)]);
const own = new OwnControlPlane(workspace);
const stack = new OneStack(workspace);
const { said } = stack;
let controlPlane: ControlPlane;
let client: ApiClient;

beforeAll(async () => {
  controlPlane = await own.start();
  client = new ApiClient(accessIn(controlPlane.kubeconfig, "dev-administrator")!);
}, STARTING_MS);

beforeEach(async () => {
  want(GUARD_RAILS);
  await succeed("apply");
});

afterAll(async () => {
  client?.close();
  await own.remove();
  remove(workspace);
}, STARTING_MS);

function want(resources: Resources, more: Parameters<typeof kubernetesStack>[1] = {}): void {
  writeFleet(workspace, [kubernetesStack(resources, more)]);
}

/** The guard-rails with some of them otherwise; a type without objects is left out. */
function otherwise(changed: Resources): Resources {
  const all = Object.entries({ ...GUARD_RAILS, ...changed });
  return Object.fromEntries(all.filter(([, objects]) => Object.keys(objects).length > 0));
}

const run = (command: RunCommand): Promise<StackResult> => stack.run(command);
const succeed = (command: RunCommand): Promise<StackResult> => stack.succeed(command);

const read = (url: string): Promise<KubernetesObject> => client.get<KubernetesObject>(url);

/** What is wrong with what is asked, as a status of HTTP. */
async function statusOfReading(url: string): Promise<number | undefined> {
  try {
    await read(url);
    return undefined;
  } catch (error) {
    return (error as { status?: number }).status;
  }
}

/** Changes an object as somebody does with `kubectl edit`. */
async function edit(url: string, body: object): Promise<void> {
  const contentType = "application/merge-patch+json";
  await client.send({ method: "PATCH", path: `${url}?fieldManager=kubectl-edit`, body, contentType });
}

async function drift() {
  const interruption = new Interruption();
  try {
    const { stacks } = readFleet(workspace);
    const { stacks: found } = await findDrift({ workspace, engine: await realEngine(), stacks, interruption });
    return found[0]!;
  } finally {
    interruption.close();
  }
}

test("every object is in the API server as the stack has it, and the second plan is empty", async () => {
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
  expect(said).toContain(`dev: Kubernetes objects are written to ${controlPlane.server}; Helm releases are emulated`);
  const inOrders = "/namespaces/orders";
  expect(await read("/api/v1/namespaces/orders")).toMatchObject({
    metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted", team: "commerce" } },
    status: { phase: "Active" },
  });
  expect(await read(QUOTA)).toMatchObject({ spec: { hard: { "requests.cpu": "2", pods: "5" } } });
  expect(await read(`/api/v1${inOrders}/limitranges/defaults`)).toMatchObject({
    spec: { limits: [{ type: "Container", default: { cpu: "500m" }, defaultRequest: { cpu: "100m" } }] },
  });
  expect(await read(`/apis/networking.k8s.io/v1${inOrders}/networkpolicies/allow-dns`)).toMatchObject({
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          ports: [
            { port: 53, protocol: "UDP" },
            { port: "dns-tcp", protocol: "TCP" },
          ],
          to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
        },
      ],
    },
  });
  const rbac = `/apis/rbac.authorization.k8s.io/v1${inOrders}`;
  expect(await read(`${rbac}/roles/team-read`)).toMatchObject({
    rules: [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] }],
  });
  expect(await read(`${rbac}/rolebindings/team-read`)).toMatchObject({
    roleRef: { kind: "Role", name: "team-read" },
    subjects: [{ kind: "Group", name: "team:commerce" }],
  });
  expect(await read(`/api/v1${inOrders}/serviceaccounts/default`)).toMatchObject({
    automountServiceAccountToken: false,
  });
  expect(await read(`/api/v1${inOrders}/configmaps/facts`)).toMatchObject({
    data: { host: "db.example.com", empty: "" },
  });
  expect(await read("/apis/storage.k8s.io/v1/storageclasses/gp3")).toMatchObject({
    provisioner: "ebs.csi.aws.com",
    volumeBindingMode: "WaitForFirstConsumer",
    parameters: { type: "gp3" },
  });
});

test("what somebody edits is drift, and is changed back by the next apply", async () => {
  await edit(QUOTA, { spec: { hard: { pods: "500" } } });
  expect(await drift()).toMatchObject({
    status: "drifted",
    resources: [{ address: "kubernetes_resource_quota_v1.quota", change: "changed" }],
  });
  expect((await succeed("apply")).changes).toEqual([
    { address: "kubernetes_resource_quota_v1.quota", action: "update" },
  ]);
  expect(await read(QUOTA)).toMatchObject({ spec: { hard: { pods: "5" } } });
});

test("what somebody adds is drift, and is taken away by the next apply; what Kubernetes adds is none", async () => {
  expect(await drift()).toMatchObject({ status: "as applied" });
  await edit("/api/v1/namespaces/orders", { metadata: { labels: { extra: "label" } } });
  await edit(QUOTA, { spec: { hard: { configmaps: "9" } } });
  expect(await drift()).toMatchObject({
    resources: [{ address: "kubernetes_namespace_v1.orders" }, { address: "kubernetes_resource_quota_v1.quota" }],
  });
  await succeed("apply");
  expect((await read("/api/v1/namespaces/orders")).metadata.labels).not.toHaveProperty("extra");
  expect((await read(QUOTA))["spec"]).toEqual({ hard: { "requests.cpu": "2", pods: "5" } });
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
});

test("a network policy is changed in place, and counts its generations", async () => {
  const [dns] = Object.values(GUARD_RAILS["kubernetes_network_policy_v1"]!) as [{ metadata: object }];
  const spec = { pod_selector: {}, policy_types: ["Ingress"] };
  want(otherwise({ kubernetes_network_policy_v1: { dns: { metadata: dns.metadata, spec } } }));
  expect((await succeed("apply")).changes).toEqual([{ address: "kubernetes_network_policy_v1.dns", action: "update" }]);
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
});

test("what somebody deletes is gone, and is made again by the next apply", async () => {
  await client.send({ method: "DELETE", path: QUOTA });
  expect(await drift()).toMatchObject({
    resources: [{ address: "kubernetes_resource_quota_v1.quota", change: "gone" }],
  });
  expect((await succeed("apply")).changes).toEqual([
    { address: "kubernetes_resource_quota_v1.quota", action: "create" },
  ]);
  expect(await read(QUOTA)).toMatchObject({ spec: { hard: { pods: "5" } } });
});

test("what the stack does not have any more is deleted", async () => {
  want(otherwise({ kubernetes_config_map_v1: {} }));
  await succeed("apply");
  expect(await statusOfReading(FACTS)).toBe(404);
});

test("a field that the stack leaves out from now on is left to Kubernetes", async () => {
  const [quota] = Object.values(GUARD_RAILS["kubernetes_resource_quota_v1"]!) as [{ metadata: object }];
  want(
    otherwise({
      kubernetes_resource_quota_v1: { quota: { metadata: quota.metadata, spec: { hard: { pods: "5" } } } },
    }),
  );
  await succeed("apply");
  expect((await read(QUOTA))["spec"]).toEqual({ hard: { pods: "5" } });
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
});

test("what the API server refuses is said at the attribute, and nothing is kept of it", async () => {
  const metadata = { name: "too-much", namespace: "orders" };
  const spec = { limit: [{ type: "Container", default: { cpu: "1" }, default_request: { cpu: "2" } }] };
  const { kubernetes_limit_range_v1: limits } = GUARD_RAILS;
  want(otherwise({ kubernetes_limit_range_v1: { ...limits, wrong: { metadata, spec } } }));
  const { findings } = await run("apply");
  expect(findings).toHaveLength(1);
  expect(JSON.stringify(findings[0])).toContain("default request value 2 is greater than default limit value 1");
  expect(JSON.stringify(findings[0])).toContain("kubernetes_limit_range_v1.wrong");
  expect(await statusOfReading("/api/v1/namespaces/orders/limitranges/too-much")).toBe(404);
  want(GUARD_RAILS);
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
});

test("an object of somebody else is not taken over, and can be imported", async () => {
  const theirs = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "theirs", namespace: "orders" },
    data: { a: "1" },
  };
  await applyObjects(client, [theirs], { fieldManager: "somebody" });
  const resource = { metadata: { name: "theirs", namespace: "orders" }, data: { a: "1" } };
  const both = otherwise({
    kubernetes_config_map_v1: { ...GUARD_RAILS["kubernetes_config_map_v1"], theirs: resource },
  });
  want(both);
  expect(JSON.stringify((await run("apply")).findings)).toContain('ConfigMap \\"orders/theirs\\" already exists');
  want(both, { root: { import: [{ to: "kubernetes_config_map_v1.theirs", id: "orders/theirs" }] } });
  await succeed("apply");
  want(both);
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
});

test("a stack puts objects into a namespace that was imported without a change, and into one that was made by hand", async () => {
  const namespaces = ["imported", "by-hand"].map((name) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name },
  }));
  await applyObjects(client, namespaces, { fieldManager: "somebody" });
  const facts = (namespace: string): object => ({ metadata: { name: "facts", namespace }, data: { a: "1" } });
  const more = otherwise({
    kubernetes_namespace_v1: {
      ...GUARD_RAILS["kubernetes_namespace_v1"],
      imported: { metadata: { name: "imported" } },
    },
    kubernetes_config_map_v1: { imported: facts("imported"), by_hand: facts("by-hand") },
  });
  want(more, { root: { import: [{ to: "kubernetes_namespace_v1.imported", id: "imported" }] } });
  await succeed("apply");
  expect(await read("/api/v1/namespaces/imported/configmaps/facts")).toMatchObject({ data: { a: "1" } });
  expect(await read("/api/v1/namespaces/by-hand/configmaps/facts")).toMatchObject({ data: { a: "1" } });
  await succeed("destroy");
});

test("an object in a namespace that there is not is refused by the API server", async () => {
  const metadata = { name: "facts", namespace: "nowhere" };
  want(otherwise({ kubernetes_config_map_v1: { nowhere: { metadata, data: {} } } }));
  expect(JSON.stringify((await run("apply")).findings)).toContain('namespaces \\"nowhere\\" not found');
});

test("kinds that no shipped stack has are written whole, and the second plan is empty", async () => {
  want(otherwise(OTHER_KINDS));
  await succeed("apply");
  for (const [url, written] of Object.entries(WRITTEN)) expect(await read(url)).toMatchObject(written);
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
  expect(await drift()).toMatchObject({ status: "as applied" });
  await succeed("destroy");
});

test("a field that another program applies over and over is its own: the conflict is said", async () => {
  const object = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "team", namespace: "orders" } };
  await applyObjects(client, [{ ...object, spec: { hard: { pods: "9" } } }], { fieldManager: "argocd-controller" });
  const { findings } = await run("apply");
  expect(JSON.stringify(findings)).toContain('conflict with \\"argocd-controller\\"');
  await applyObjects(client, [object], { fieldManager: "argocd-controller" });
  await succeed("apply");
  expect(await read(QUOTA)).toMatchObject({ spec: { hard: { pods: "5" } } });
});

/** Works with what the sandbox has of the cluster. */
async function inSandbox(work: (sandbox: Awaited<ReturnType<typeof openSandbox>>) => Promise<unknown>): Promise<void> {
  const clusters = await openClusters(workspace, readFleet(workspace).stacks, silent);
  const sandbox = await openSandbox(workspace, clusters);
  try {
    await work(sandbox);
  } finally {
    await sandbox.close();
    clusters.close();
  }
}

/** Has the config map be what a killed run made, and did not note. */
const removeFacts = (): Promise<void> =>
  inSandbox((sandbox) => {
    const known = sandbox.objects("dev-orders").filter(({ type }) => type !== "kubernetes_config_map_v1");
    return sandbox.removeOrphans("dev-orders", known);
  });

test("what a killed run made is removed from the cluster by the next one", async () => {
  await removeFacts();
  expect(await statusOfReading(FACTS)).toBe(404);
});

test("an object that somebody else has made under the same name is not removed with what a killed run made", async () => {
  await client.send({ method: "DELETE", path: FACTS });
  const theirs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "facts", namespace: "orders" }, data: {} };
  await applyObjects(client, [{ ...theirs, data: { a: "1" } }], { fieldManager: "somebody" });
  await removeFacts();
  expect(await statusOfReading(FACTS)).toBeUndefined();
  await client.send({ method: "DELETE", path: FACTS });
});

/** Seeds a drift of the quota. */
const driftQuota = (attribute: string, value: string): Promise<void> =>
  inSandbox((sandbox) => {
    const quota = sandbox.objects("dev-orders").find(({ type }) => type === "kubernetes_resource_quota_v1")!;
    return sandbox.drift(quota, attribute, value);
  });

test("fails with PVD3004 for a drift that the API server refuses, in its words, and nothing is changed", async () => {
  const before = readFileSync(path.join(workspace.store, "journal.jsonl"), "utf8");
  await expect(driftQuota("spec.hard", '{"pods":"many"}')).rejects.toThrow(
    /^PVD3004 .*got 4\d\d: .*quantities must match/,
  );
  expect(readFileSync(path.join(workspace.store, "journal.jsonl"), "utf8")).toBe(before);
  expect(await drift()).toMatchObject({ status: "as applied" });
});

test("seeded drift is drift of the real object", async () => {
  await driftQuota("spec.hard", '{"requests.cpu":"2","pods":"77"}');
  expect(await read(QUOTA)).toMatchObject({ spec: { hard: { pods: "77" } } });
  expect(await drift()).toMatchObject({ status: "drifted" });
});

test("destroyed, nothing is left in the API server", async () => {
  await succeed("destroy");
  expect(await statusOfReading("/api/v1/namespaces/orders")).toBe(404);
  expect(await statusOfReading("/apis/storage.k8s.io/v1/storageclasses/gp3")).toBe(404);
});

test("fails PVD9004 on a control plane that runs in part", async () => {
  const { components } = await statusOf(own.site, "dev");
  process.kill(components.find(({ name }) => name === "kube-scheduler")!.pid!, "SIGKILL");
  for (let tries = 0; (await statusOf(own.site, "dev")).state !== "degraded" && tries < 100; tries += 1);
  try {
    expect(JSON.stringify((await run("plan")).findings)).toContain("PVD9004");
  } finally {
    controlPlane = await own.start();
  }
});

test("without a control plane, objects are emulated as before", async () => {
  await own.remove();
  rmSync(own.site.controlPlanes, { recursive: true, force: true });
  try {
    expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
  } finally {
    client.close();
    controlPlane = await own.start();
    client = new ApiClient(accessIn(controlPlane.kubeconfig, "dev-administrator")!);
  }
  expect((await succeed("apply")).changes).toContainEqual({
    address: "kubernetes_namespace_v1.orders",
    action: "create",
  });
});
