import { readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:https";
import path from "node:path";
import { processesIn } from "@paved/machine";
import {
  accessIn,
  type ApiClient,
  applyObjects,
  COMPONENT_NAMES,
  type ComponentName,
  type ControlPlane,
  DELIVERY_COMPONENT_NAMES,
  type DeliveryAddress,
  down,
  endSync,
  type KubernetesObject,
  refresh,
  settledStatus,
  statusOf,
  up,
} from "../src";
import { EnvironmentFolder } from "../src/site";
import { application, type ApplicationStatus, project, runs, statusOnce, words } from "./applications";
import { configuration, configurationsIn } from "./configurations";
import { isServing } from "./grpc";
import { kill } from "./kill";
import { listenOnThisMachineOnly } from "./listeners";
import { deployment, eventually, namespace } from "./objects";
import { OwnSite, STARTING_MS } from "./own-site";
import { replicasOf, scale } from "./replicas";
import { type Manifests, WorkingCopy } from "./working-copy";

jest.setTimeout(STARTING_MS);

const site = new OwnSite();
const folder = new EnvironmentFolder(site, "dev");
let controlPlane: ControlPlane;
let delivery: Extract<DeliveryAddress, { by: "argo-cd" }>;
let administrator: ApiClient;
const copy = new WorkingCopy(() => delivery);
const components = [...COMPONENT_NAMES, ...DELIVERY_COMPONENT_NAMES["argo-cd"]];

const apply = (...objects: readonly KubernetesObject[]): Promise<void> =>
  applyObjects(administrator, objects, { fieldManager: "test" });
const orders = (round: string): Manifests => ({
  "orders/settings.yaml": [configuration("orders", { round })],
  "orders/api.yaml": [deployment("orders", "api", 2)],
});
const names = (place: string): Promise<readonly string[]> => configurationsIn(administrator, place);
const replicas = (): Promise<number> => replicasOf(administrator, "orders", "api");
const connect = (started: ControlPlane): void => {
  controlPlane = started;
  delivery = started.delivery as typeof delivery;
  administrator = site.client(controlPlane, "administrator");
};

beforeAll(async () => {
  connect(await site.up("dev", "argo-cd"));
  for (const name of ["orders", "growth"]) await apply(namespace(name), project(name, delivery));
  await apply(application("orders", delivery));
}, STARTING_MS);

test("all ten run and listen on this machine only, and nobody else may look into their folder", async () => {
  expect(controlPlane.started).toEqual(components);
  const status = await settledStatus(site, "dev");
  expect(status).toMatchObject({ state: "ready", delivery });
  listenOnThisMachineOnly(status.components);
  expect([folder.root, delivery.folder].map((place) => statSync(place).mode & 0o777)).toEqual([0o700, 0o700]);
});

test("what is pushed runs, by itself, and is healthy", async () => {
  await runs(administrator, "orders", copy.deliver(orders("first")));
  expect([await names("orders"), await replicas()]).toEqual([["settings"], 2]);
});

test("what is changed in the cluster by hand is put back", async () => {
  await scale(administrator, "orders", "api", 5);
  expect(await eventually(replicas, (count) => count === 2)).toBe(2);
});

test("what goes from Git goes from the cluster", async () => {
  const more = { ...orders("more"), "orders/more.yaml": [configuration("orders", {}, "more")] };
  await runs(administrator, "orders", copy.deliver(more));
  expect(await names("orders")).toEqual(["more", "settings"]);
  const revision = copy.deliver(orders("less"));
  await refresh(administrator, "orders");
  await runs(administrator, "orders", revision);
  expect(await names("orders")).toEqual(["settings"]);
});

test("a project that allows its own namespace refuses another one, and the project default refuses everything", async () => {
  copy.deliver({ ...orders("less"), "growth/stray.yaml": [configuration("orders", {}, "stray")] });
  await apply(application("growth", delivery), application("lost", delivery, { project: "default" }));
  const stray = await statusOnce(administrator, "growth", (status) => /not permitted|not allowed/.test(words(status)));
  expect(words(stray)).toMatch(/namespace orders is not permitted in project 'growth'/);
  const lost = await statusOnce(administrator, "lost", (status) => (status.conditions ?? []).length > 0);
  expect(words(lost)).toMatch(/is not permitted in project 'default'/);
  expect(await names("orders")).toEqual(["settings"]);
});

test("what the API server does not take is said by its application, and the others go on", async () => {
  const wrong = { ...deployment("growth", "wrong", 1), spec: { replicas: "many" } };
  const revision = copy.deliver({ ...orders("beside"), "growth/wrong.yaml": [wrong as KubernetesObject] });
  await runs(administrator, "orders", revision);
  const failed = await statusOnce(administrator, "growth", (status) => /replicas/.test(words(status)));
  expect(words(failed)).toMatch(/replicas/);
  const good = copy.deliver({ ...orders("mended"), "growth/right.yaml": [configuration("growth", {})] });
  await refresh(administrator, "growth");
  await runs(administrator, "growth", good);
});

test("a history that was replaced is followed", async () => {
  const revision = copy.deliverAnew({ ...orders("anew"), "growth/right.yaml": [configuration("growth", {})] });
  await runs(administrator, "orders", revision);
  expect(await names("orders")).toEqual(["settings"]);
});

test("an application whose namespace is gone is tried without an end, goes once that is ended, and its project after it", async () => {
  const finalizers = ["resources-finalizer.argocd.argoproj.io"];
  const held = (object: KubernetesObject): KubernetesObject => ({
    ...object,
    metadata: { ...object.metadata, finalizers } as KubernetesObject["metadata"],
  });
  await apply(namespace("refunds"), held(project("refunds", delivery)), held(application("refunds", delivery)));
  await runs(
    administrator,
    "refunds",
    copy.deliver({ ...orders("kept"), "refunds/it.yaml": [configuration("refunds", {})] }),
  );
  await administrator.send({ method: "DELETE", path: "/api/v1/namespaces/refunds" });
  const isTried = ({ operationState }: ApplicationStatus): boolean =>
    operationState?.phase === "Running" && (operationState.retryCount ?? 0) > 0;
  expect(isTried(await statusOnce(administrator, "refunds", isTried))).toBe(true);
  const argo = "/apis/argoproj.io/v1alpha1/namespaces/argocd";
  for (const kind of ["applications", "appprojects"])
    await administrator.send({ method: "DELETE", path: `${argo}/${kind}/refunds` });
  const left = async (): Promise<readonly string[]> => {
    const lists = ["applications", "appprojects"].map(async (kind) => {
      const { items } = await administrator.get<{ items: readonly KubernetesObject[] }>(`${argo}/${kind}`);
      return items.filter(({ metadata }) => metadata.name === "refunds").map(() => kind);
    });
    return (await Promise.all(lists)).flat();
  };
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  expect(await left()).toEqual(["applications", "appprojects"]);
  await endSync(administrator, "refunds");
  expect(await eventually(left, (kinds) => kinds.length === 0)).toEqual([]);
});

test("outside of its window a project is synced by somebody alone, and within it by itself", async () => {
  const hour = new Date().getUTCHours();
  const openingAt = (opens: number, hours: number): KubernetesObject => {
    const plain = project("windowed", delivery);
    const schedule = `0 ${opens % 24} * * *`;
    const window = { kind: "allow", schedule, duration: `${hours}h`, timeZone: "UTC", applications: ["*"] };
    return { ...plain, spec: { ...(plain["spec"] as object), syncWindows: [{ ...window, manualSync: true }] } };
  };
  const deliver = (round: string): string =>
    copy.deliver({ ...orders("anew"), "windowed/settings.yaml": [configuration("windowed", { round })] });
  const waits = async (revision: string): Promise<void> => {
    let seen = await statusOnce(administrator, "windowed", ({ sync }) => sync?.revision === revision);
    // It says so on its way to a sync as well. What it has not begun when it has looked twice more, it does not begin.
    for (let look = 0; look < 2; look += 1) {
      const { reconciledAt } = seen;
      // Its times are of whole seconds.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await refresh(administrator, "windowed");
      seen = await statusOnce(administrator, "windowed", (status) => status.reconciledAt !== reconciledAt);
    }
    expect(seen.sync).toMatchObject({ status: "OutOfSync", revision });
  };
  const first = deliver("first");
  await apply(namespace("windowed"), openingAt(hour + 12, 1), application("windowed", delivery));
  await waits(first);
  expect(await names("windowed")).toEqual([]);
  await administrator.send({
    method: "PATCH",
    path: "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/windowed",
    body: { operation: { initiatedBy: { username: "somebody" }, sync: { revision: first } } },
    contentType: "application/merge-patch+json",
  });
  await runs(administrator, "windowed", first);
  const second = deliver("second");
  await refresh(administrator, "windowed");
  await waits(second);
  await apply(openingAt(hour + 23, 3));
  await refresh(administrator, "windowed");
  await runs(administrator, "windowed", second);
});

test.each(["argocd-repo-server", "argocd-application-controller", "redis", "git-server"] as const)(
  "when %s was killed, starting it again starts that alone, and what is pushed then runs",
  async (name) => {
    await kill(folder, name);
    expect((await statusOf(site, "dev")).state).toBe("degraded");
    expect((await site.up()).started).toEqual([name]);
    const revision = copy.deliver(orders(name));
    await refresh(administrator, "orders");
    await runs(administrator, "orders", revision);
  },
);

test("the API shows it to whoever has its token, who may change nothing, and nothing to anybody else", async () => {
  const token = readFileSync(delivery.token, "utf8").trim();
  const authority = readFileSync(path.join(folder.certificates, "kubernetes-authority.crt"), "utf8");
  const ask = (method: string, headers: Readonly<Record<string, string>>) =>
    answerOf(`${delivery.argoCd}/api/v1/applications/orders`, { method, headers, ca: authority });
  const bearer = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  expect(await Promise.all([ask("GET", {}), ask("GET", bearer), ask("DELETE", bearer)])).toEqual([401, 200, 403]);
});

test("the repository server answers Argo CD's other processes, and no user of Kubernetes nor anybody else", async () => {
  const { port } = (await statusOf(site, "dev")).components.find(({ name }) => name === "argocd-repo-server")!;
  const read = (file: string): string => readFileSync(path.join(folder.certificates, file), "utf8");
  const ca = read("argo-cd-authority.crt");
  const nobody = isServing(port!, { ca });
  await expect(nobody).rejects.toMatchObject({ code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" });
  const { certificate, key } = accessIn(controlPlane.kubeconfig, "dev-administrator")!;
  const administering = isServing(port!, { ca, cert: certificate, key });
  await expect(administering).rejects.toMatchObject({
    code: expect.stringMatching(/ALERT_(BAD_CERTIFICATE|UNKNOWN_CA)/),
  });
  const ours = { cert: read("argocd-repo-client.crt"), key: read("argocd-repo-client.key") };
  expect(await isServing(port!, { ca, ...ours })).toBe(true);
  const stranger = isServing(port!, { ca: read("kubernetes-authority.crt"), ...ours });
  await expect(stranger).rejects.toThrow(/unable to verify/);
});

test("who starts it without Argo CD's programs is told so, and what runs goes on", async () => {
  const props = { environment: "dev", region: "eu-west-1", teams: [] };
  const programs = await site.programs();
  await expect(up(site, props, { programs, progress: () => {} })).rejects.toThrow(
    "PVD9001 dev: got no Argo CD, want what delivers to this environment, built; run paved setup --delivery",
  );
  expect((await settledStatus(site, "dev")).state).toBe("ready");
});

test("it stops whole, and starts whole again, with what it delivered, also when nobody asks for Argo CD again", async () => {
  expect((await down(site, "dev", () => {})).toSorted()).toEqual(components.toSorted());
  expect(components.flatMap((name: ComponentName) => processesIn(folder.working(name)))).toEqual([]);
  connect(await site.up());
  expect(controlPlane.started).toEqual(components);
  await runs(administrator, "orders", copy.deliver(orders("last")));
});

test("certificates that are made anew reach every process while they run, and their addresses stay", async () => {
  const before = { server: controlPlane.server, repository: delivery.repository };
  rmSync(folder.certificates, { recursive: true });
  connect(await site.up());
  expect(controlPlane.started).toEqual(components);
  expect({ server: controlPlane.server, repository: delivery.repository }).toEqual(before);
  await runs(administrator, "orders", copy.deliver(orders("renewed")));
});

async function answerOf(url: string, options: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject).end();
  });
}
