import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { Sandbox } from "../src";
import type { Cluster, ClusterObject } from "../src/cluster/cluster";
import { ObjectStore } from "../src/store/object-store";

/** A cluster that does with an edit what a test says. */
function clusterThat(edit: (object: ClusterObject) => void): Cluster {
  const data = { form: "map", element: { form: "text" } } as const;
  return {
    kind: async () => ({ apiVersion: "v1", kind: "ConfigMap", fields: { data } }),
    edit: async (object: ClusterObject) => edit(object),
  } as unknown as Cluster;
}

function refusal(status: number, message: string): Error {
  return Object.assign(new Error(message), { status, causes: [] });
}

const attributes = {
  id: "orders/facts",
  metadata: [{ name: "facts", namespace: "orders" }],
  data: { host: "db.example.com" },
};
const facts = { stack: "dev-orders", type: "kubernetes_config_map_v1", id: "orders/facts" };
let directory: string;
let cluster: Cluster;
let sandbox: Sandbox;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), "paved-drift-"));
  const store = new ObjectStore(path.join(directory, "store"));
  store.change(() => store.put({ ...facts, scope: "cluster/dev", attributes }));
  sandbox = Sandbox.open({
    directory: path.join(directory, "store"),
    cacheDirectory: path.join(directory, "cache"),
    clusterOf: () => cluster,
  });
});

afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const drift = (): Promise<void> => sandbox.drift(facts, "data", '{"host":"other"}');

test("a drift is made in the cluster, and then in the store", async () => {
  const edited: ClusterObject[] = [];
  cluster = clusterThat((object) => {
    expect(sandbox.objects()[0]?.attributes).toEqual(attributes);
    edited.push(object);
  });
  await drift();
  expect(edited).toMatchObject([{ kind: "ConfigMap", metadata: { name: "facts" }, data: { host: "other" } }]);
  expect(sandbox.objects()[0]?.attributes).toMatchObject({ data: { host: "other" } });
});

test("fails with PVD3004 for a release that Helm has installed, and nothing is changed", async () => {
  const release = { stack: "dev-platform", type: "helm_release", id: "first" };
  const store = new ObjectStore(path.join(directory, "store"));
  const installed = { id: "first", name: "first", chart: "./charts/objects", max_history: 5 };
  store.change(() => store.put({ ...release, scope: "cluster/dev", attributes: installed }));
  cluster = { ...clusterThat(() => {}), releases: {} } as unknown as Cluster;
  await expect(sandbox.drift(release, "max_history", "9")).rejects.toThrow(/PVD3004.*Helm has installed/s);
  expect(sandbox.objects("dev-platform")).toMatchObject([{ attributes: { max_history: 5 } }]);
});

const STOPPED = { code: "PVD9004", where: "dev", got: "connect ECONNREFUSED", want: "one", fix: "run it" } as const;

test.each([
  ["PVD3003", "the cluster has the object no more", refusal(404, 'configmaps "facts" not found'), /apply its stack/],
  ["PVD3004", "the cluster refuses the value", refusal(422, "data: Invalid value"), /got 422: data: Invalid value/],
  ["PVD9004", "the cluster does not answer", new PavedError(STOPPED), /got connect ECONNREFUSED, want/],
])("fails with %s where %s, and nothing is changed", async (code, _when, error, said) => {
  cluster = clusterThat(() => {
    throw error;
  });
  const failure = await drift().catch((thrown: unknown) => thrown as Error);
  expect(failure).toMatchObject({ findings: [{ code }] });
  expect((failure as Error).message).toMatch(said);
  expect(sandbox.objects()[0]?.attributes).toEqual(attributes);
});
