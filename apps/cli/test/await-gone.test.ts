import { type ApiClient, ApiRefusal, NoAnswer } from "@paved/control-plane";
import { awaitGone, type GoneWait } from "../src/delivery/await-gone";

interface Shown {
  readonly going?: boolean;
  readonly busy?: boolean;
  readonly message?: string;
}
const app = (name: string, { going = false, busy = false, message }: Shown = {}) => ({
  metadata: { name, ...(going && { deletionTimestamp: "2026-11-29T09:00:00Z" }) },
  ...(busy && { operation: { sync: {} } }),
  status: { operationState: { phase: "Failed", message } },
});
const ROOT = app("paved.applications");
const PLATFORM = app("platform");

/** An API server that answers with the next list each time, or fails with the next error, and notes what it is told. */
function cluster(...lists: readonly (readonly object[] | Error)[]) {
  const rest = [...lists];
  const told: string[] = [];
  const client = {
    get: async () => {
      const items = rest.length > 1 ? rest.shift() : rest[0];
      if (items instanceof Error) throw items;
      return { items };
    },
    isReady: async () => true,
    send: async ({ path, body }: { path: string; body: { status?: object } }) =>
      void told.push(`${body.status === undefined ? "look" : "end"} ${path.split("/").at(-1)!}`),
  } as unknown as ApiClient;
  return { client, told };
}

const lines: string[] = [];
beforeEach(() => lines.splice(0));
const wait = (client: ApiClient, more: Partial<GoneWait> = {}): GoneWait => ({
  environment: "dev",
  by: "argo-cd",
  client,
  services: ["orders", "payments"],
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

test("one that cannot go while it is synced has that ended, and one that is not told to go has not", async () => {
  const held = app("orders", { going: true, busy: true });
  const { client, told } = cluster([ROOT, held, app("payments", { busy: true })], [ROOT]);
  await awaitGone(wait(client));
  expect(told).toEqual(["end orders", "look paved.applications"]);
});

test("what goes meanwhile is no error", async () => {
  const { client } = cluster([app("orders", { going: true, busy: true })], []);
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
  const stuck = app("orders", { going: true, message: "one or more tasks are running" });
  const { client } = cluster([ROOT, stuck, app("payments")]);
  await expect(awaitGone(wait(client, { patienceMs: 700 }))).rejects.toThrow(
    /^PVD2108 dev orders: got an application that is still there after 0\.7 s: one or more tasks .*\nPVD2108 dev payments: got an application that is still there after 0\.7 s, want nothing that Argo CD delivers to what is to be destroyed; look at paved status payments --env dev/,
  );
});

test("with Flux, Kustomizations are waited for, and the first one and its source are told to look", async () => {
  const kustomization = (name: string) => ({ metadata: { name } });
  const { client, told } = cluster(["flux-system", "platform", "orders"].map(kustomization), []);
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
