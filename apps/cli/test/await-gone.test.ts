import { type ApiClient, ApiRefusal, NoAnswer } from "@paved/control-plane";
import { awaitGone, type GoneWait } from "../src/delivery/await-gone";
import { scriptedApi } from "./scripted-api";

interface Shown {
  readonly going?: boolean;
  /** What its sync is at: nothing yet, or the commit. */
  readonly syncing?: "nothing" | string;
  readonly at?: string;
  readonly message?: string;
}
const app = (name: string, { going = false, syncing, at = "c2", message }: Shown = {}) => ({
  metadata: { name, ...(going && { deletionTimestamp: "2026-11-29T09:00:00Z" }) },
  ...(syncing !== undefined && { operation: { sync: {} } }),
  status: {
    sync: { status: "Synced", revision: at },
    ...(syncing !== "nothing" && {
      operationState: {
        phase: syncing === undefined ? "Succeeded" : "Running",
        message,
        syncResult: { revision: syncing },
      },
    }),
  },
});
const ROOT = app("paved.applications");
const PLATFORM = app("platform");

/** An API server that notes who is told to look, and whose sync is ended. */
const cluster = (...lists: readonly (readonly object[] | Error)[]) =>
  scriptedApi(lists, { noted: (name, { body }) => `${body.status === undefined ? "look" : "end"} ${name}` });

const lines: string[] = [];
beforeEach(() => lines.splice(0));
const wait = (client: ApiClient, more: Partial<GoneWait> = {}): GoneWait => ({
  environment: "dev",
  by: "argo-cd",
  client,
  services: ["orders", "payments"],
  commit: "c2",
  patienceMs: 3_000,
  progress: (line) => lines.push(line),
  ...more,
});

test("what left Git is waited for until it is gone, which is said, and the first application is told to look", async () => {
  const both = [ROOT, PLATFORM, app("catalog"), app("orders"), app("payments")];
  const { client, told } = cluster(both, [...both.slice(0, 3), app("orders", { going: true })], both.slice(0, 3));
  await awaitGone(wait(client));
  expect(told).toEqual(["look paved.applications"]);
  expect(lines).toEqual(["2 applications still go: orders, payments", "1 application still goes: orders"]);
});

test("one that cannot go while it is synced has that ended, whoever asked for it, and one that is not told to go has not", async () => {
  const held = (name: string) => app(name, { going: true, syncing: "c1" });
  const busy = app("payments", { syncing: "c1" });
  const { client, told } = cluster([ROOT, held("catalog"), held("orders"), busy], [ROOT]);
  await awaitGone(wait(client));
  expect(told).toEqual(["end catalog", "end orders", "look paved.applications"]);
});

test("a sync that has not begun is not ended: there would be nothing to end", async () => {
  const { client, told } = cluster([ROOT, app("orders", { going: true, syncing: "nothing" })], [ROOT]);
  await awaitGone(wait(client));
  expect(told).toEqual([]);
});

test.each([
  ["is at another commit", app("paved.applications", { at: "c1" })],
  ["is at another commit's sync", app("paved.applications", { syncing: "c1" })],
])("nothing is gone while the first application %s, which could bring it back", async (_, behind) => {
  const { client, told } = cluster([behind], [ROOT]);
  await awaitGone(wait(client));
  expect(told).toEqual(["look paved.applications"]);
  expect(lines).toEqual(["paved.applications has not seen the commit yet"]);
});

test("fails with PVD2108 where the first application never sees the commit", async () => {
  const { client } = cluster([app("paved.applications", { at: "c1", syncing: "c1", message: "no such repository" })]);
  await expect(awaitGone(wait(client, { patienceMs: 0 }))).rejects.toThrow(
    /^PVD2108 dev paved\.applications: got another commit after 0 s: no such repository, want the commit c2, /,
  );
});

test("where nothing was ever delivered, or the first application is gone, nothing can bring anything back", async () => {
  await awaitGone(wait(cluster([app("paved.applications", { at: "" })]).client, { commit: undefined }));
  await awaitGone(wait(cluster([PLATFORM]).client));
  expect(lines).toEqual([]);
});

test("what goes meanwhile is no error", async () => {
  const { client } = cluster([ROOT, app("orders", { going: true, syncing: "c1" })], []);
  client.send = async () => {
    throw new ApiRefusal(404, "NotFound", 'applications "orders" not found');
  };
  await expect(awaitGone(wait(client))).resolves.toBeUndefined();
});

test("without names all services are waited for, and nothing of the platform", async () => {
  const { client } = cluster([ROOT, PLATFORM, app("paved.gateway-api"), app("catalog")], [ROOT, PLATFORM]);
  await awaitGone(wait(client, { services: undefined }));
  expect(lines).toEqual(["1 application still goes: catalog"]);
});

test("where nobody knows what an application is, there is none", async () => {
  const { client } = cluster(new ApiRefusal(404, "NotFound", "the server could not find the requested resource"));
  await awaitGone(wait(client));
  expect(lines).toEqual([]);
});

test("fails with PVD2108 for each that is still there at the end, with what is said of it", async () => {
  const stuck = app("orders", { going: true, syncing: "c1", message: 'namespaces "orders" not found' });
  const { client } = cluster([ROOT, stuck, app("payments")]);
  await expect(awaitGone(wait(client, { patienceMs: 700 }))).rejects.toThrow(
    /^PVD2108 dev orders: got its application still there after 0\.7 s: namespaces "orders" not found, .*\nPVD2108 dev payments: got its application still there after 0\.7 s, want nothing that Argo CD delivers to what is to be destroyed; look at paved status payments --env dev/,
  );
});

test("with Flux, Kustomizations are waited for, and the first one and its source are told to look", async () => {
  const status = { lastAppliedRevision: "delivery@sha1:c2", conditions: [{ type: "Ready", status: "True" }] };
  const kustomization = (name: string) => ({ metadata: { name }, status });
  const { client, told } = cluster(
    ["flux-system", "platform", "orders"].map(kustomization),
    ["flux-system"].map(kustomization),
  );
  await awaitGone(wait(client, { by: "flux" }));
  expect(told).toEqual(["look flux-system", "look flux-system"]);
  expect(lines).toEqual(["1 Kustomization still goes: orders"]);
});

test("an API server that does not answer for a while is asked again, and fails with PVD9004 at the end", async () => {
  const gone = new NoAnswer("connect ECONNREFUSED 127.0.0.1:6443");
  await awaitGone(wait(cluster(gone, [ROOT]).client));
  expect(lines).toEqual([`the API server does not answer, and is asked again: ${gone.message}`]);
  await expect(awaitGone(wait(cluster(gone).client, { patienceMs: 0 }))).rejects.toThrow(/^PVD9004 dev/);
});

test("fails with PVD2006 when it is stopped: what is out of Git stays out of it", async () => {
  const signal = AbortSignal.abort(new Error("stopped"));
  await expect(awaitGone(wait(cluster([app("orders")]).client, { signal }))).rejects.toThrow(
    /^PVD2006 Argo CD: got interrupted, with services that are out of Git .*; paved deliver brings them back$/,
  );
});
