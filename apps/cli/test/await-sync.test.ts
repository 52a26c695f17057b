import { type ApiClient, ApiRefusal, NoAnswer } from "@paved/control-plane";
import { awaitSync, type SyncWait } from "../src/delivery/await-sync";
import { scriptedApi } from "./scripted-api";

const app = (name: string, revision: string, sync = "Synced", health = "Healthy") => ({
  metadata: { name },
  status: { sync: { status: sync, revision }, health: { status: health } },
});

/** An API server that notes who is told to look. */
const cluster = (...lists: readonly (readonly object[] | Error)[]) => scriptedApi(lists);

const lines: string[] = [];
const wait = (client: ApiClient, changed: readonly string[], more: Partial<SyncWait> = {}): SyncWait => ({
  environment: "dev",
  by: "argo-cd",
  client,
  delivered: { commit: "c2", before: "c1", changed: new Set(changed) },
  units: ["orders", "payments"],
  patienceMs: 3_000,
  progress: (line) => lines.push(line),
  ...more,
});
const unwell = async (asked: SyncWait) =>
  (await awaitSync(asked)).filter(({ isWell }) => !isWell).map(({ name }) => name);

test("what changed has to have seen the commit, what did not has not", async () => {
  const { client } = cluster([app("root", "c1"), app("orders", "c2"), app("payments", "c1")]);
  expect(await unwell(wait(client, ["orders"]))).toEqual([]);
});

test("what has not seen its own change is told to look, and waited for", async () => {
  const before = [app("root", "c1"), app("orders", "c1"), app("payments", "c1")];
  const { client, told } = cluster(before, [app("root", "c1"), app("orders", "c2"), app("payments", "c1")]);
  expect(await unwell(wait(client, ["orders"]))).toEqual([]);
  expect(told).toEqual(["orders"]);
  expect(lines).toEqual(["2 of 3 applications synced and healthy"]);
});

test("what is to go, and kept by a sync, has that ended: the first application waits for it", async () => {
  const held = {
    ...app("catalog", "c1"),
    metadata: { name: "catalog", deletionTimestamp: "2026-11-29T09:00:00Z" },
    operation: { sync: {} },
  };
  const going = { ...held, status: { ...held.status, operationState: { phase: "Running" } } };
  const well = [app("root", "c2"), app("orders", "c2"), app("payments", "c2")];
  const { client, told } = cluster([app("root", "c1"), ...well.slice(1), going], well);
  expect(await unwell(wait(client, ["orders", "_argocd"]))).toEqual([]);
  expect(told).toEqual(["catalog", "root", "catalog"]);
});

test("the first application is of the folder of applications", async () => {
  const { client } = cluster([app("root", "c1"), app("orders", "c2"), app("payments", "c1")]);
  expect(await unwell(wait(client, ["orders", "_argocd"], { patienceMs: 0 }))).toEqual(["root"]);
});

test("a commit before the one before is too old for anything", async () => {
  const { client, told } = cluster([app("root", "c0"), app("orders", "c2"), app("payments", "c1")]);
  expect(await unwell(wait(client, ["orders"], { patienceMs: 600 }))).toEqual(["root"]);
  expect(told).toEqual(["root"]);
});

test("without a commit of its own, a delivery is the one that stands", async () => {
  const { client } = cluster([app("root", "c2"), app("orders", "c1"), app("payments", "c2")]);
  const delivered = { commit: "c2", changed: new Set<string>() };
  expect(await unwell(wait(client, [], { delivered, patienceMs: 0 }))).toEqual(["orders"]);
});

test("what is not there, not synced or not healthy comes first, with what is said of it", async () => {
  const failed = {
    metadata: { name: "orders" },
    status: {
      sync: { status: "OutOfSync", revision: "c2" },
      health: { status: "Missing" },
      operationState: { phase: "Failed", message: "quota" },
    },
  };
  const { client } = cluster([app("root", "c2"), failed]);
  expect(await awaitSync(wait(client, [], { patienceMs: 0 }))).toEqual([
    { name: "orders", sync: "OutOfSync", health: "Missing", revision: "c2", message: "quota", isWell: false },
    { name: "payments", sync: "Missing", health: "Missing", revision: "", isWell: false },
    { name: "root", sync: "Synced", health: "Healthy", revision: "c2", message: undefined, isWell: true },
  ]);
});

test("with Flux, its source and what is behind are told, and every Kustomization has to be ready at the commit", async () => {
  const kustomization = (name: string, commit: string, status = "True") => ({
    metadata: { name },
    status: {
      lastAppliedRevision: `delivery@sha1:${commit}`,
      lastAttemptedRevision: `delivery@sha1:${commit}`,
      conditions: [{ type: "Ready", status, message: "quota" }],
    },
  });
  const before = ["flux-system", "orders", "payments"].map((name) => kustomization(name, "c1"));
  const after = before.with(1, kustomization("orders", "c2"));
  const { client, told } = cluster(before, after);
  lines.length = 0;
  expect(await unwell(wait(client, ["orders"], { by: "flux" }))).toEqual([]);
  expect([told, lines]).toEqual([["flux-system", "orders"], ["2 of 3 Kustomizations ready"]]);
  const failed = cluster(after.with(1, kustomization("orders", "c2", "False")));
  expect((await awaitSync(wait(failed.client, ["orders"], { by: "flux", patienceMs: 0 })))[0]).toMatchObject({
    name: "orders",
    message: "quota",
    isWell: false,
  });
});

describe("an API server that does not answer", () => {
  const gone = new NoAnswer("connect ECONNREFUSED 127.0.0.1:6443");

  test.each([
    ["not at all", gone],
    ["since it is starting", new ApiRefusal(503, "ServiceUnavailable", "the server is starting")],
    ["since it has too much to do", new ApiRefusal(429, "TooManyRequests", "storage is (re)initializing")],
  ])("%s is asked again, which is said once", async (_why, error) => {
    const well = [app("root", "c1"), app("orders", "c2"), app("payments", "c1")];
    const { client } = cluster(error, error, well);
    lines.length = 0;
    expect(await unwell(wait(client, ["orders"]))).toEqual([]);
    expect(lines).toEqual([`the API server does not answer, and is asked again: ${error.message}`]);
  });

  const forbidden = new ApiRefusal(403, "Forbidden", "applications is forbidden");

  test("since it does not know yet who may, is asked again", async () => {
    const well = [app("root", "c1"), app("orders", "c2"), app("payments", "c1")];
    lines.length = 0;
    expect(await unwell(wait(scriptedApi([forbidden, well], { isReady: false }).client, ["orders"]))).toEqual([]);
    expect(lines).toEqual(["the API server does not answer, and is asked again: it is starting"]);
  });

  test("is not one that is ready, and forbids it", async () => {
    await expect(awaitSync(wait(cluster(forbidden).client, []))).rejects.toThrow("applications is forbidden");
  });

  test("fails with PVD9004 when that lasts until nobody waits any more", async () => {
    const { client } = cluster([app("orders", "c1")], gone);
    await expect(awaitSync(wait(client, ["orders"], { patienceMs: 700 }))).rejects.toThrow(
      /^PVD9004 dev: got an API server that does not answer: connect ECONNREFUSED .*; run paved sandbox up --env dev, and/,
    );
  });

  test("ends with Ctrl-C all the same", async () => {
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(awaitSync(wait(cluster(gone).client, [], { signal }))).rejects.toThrow(
      /^PVD2006 Argo CD: got interrupted, want/,
    );
  });

  test("is not one that refuses", async () => {
    const { client } = cluster(new ApiRefusal(404, "NotFound", "no such kind"));
    await expect(awaitSync(wait(client, []))).rejects.toThrow("no such kind");
  });
});

test("fails with PVD2006 when it is stopped", async () => {
  const { client } = cluster([app("orders", "c1")]);
  const stop = new AbortController();
  stop.abort();
  const stopped = wait(client, ["orders"], { signal: stop.signal, patienceMs: 600_000 });
  await expect(awaitSync(stopped)).rejects.toThrow(
    /^PVD2006 Argo CD: got interrupted, with 2 applications not well yet/,
  );
});
