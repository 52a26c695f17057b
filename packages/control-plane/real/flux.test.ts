import { processesIn } from "@paved/machine";
import {
  type ApiClient,
  ApiRefusal,
  applyObjects,
  COMPONENT_NAMES,
  type ControlPlane,
  DELIVERY_COMPONENT_NAMES,
  type DeliveryAddress,
  down,
  FLUX_NAMESPACE,
  type KubernetesObject,
  logsOf,
  settledStatus,
  statusOf,
  up,
} from "../src";
import { EnvironmentFolder } from "../src/site";
import { isAllowed } from "./access-review";
import { configuration, configurationsIn } from "./configurations";
import { kill } from "./kill";
import { account, failsWith, gitRepository, kustomization, runs } from "./kustomizations";
import { listenOnThisMachineOnly } from "./listeners";
import { deployment, eventually, namespace } from "./objects";
import { OwnSite, STARTING_MS } from "./own-site";
import { replicasOf, scale } from "./replicas";
import { type Manifests, WorkingCopy } from "./working-copy";

jest.setTimeout(STARTING_MS);

const site = new OwnSite();
const folder = new EnvironmentFolder(site, "dev");
const components = [...COMPONENT_NAMES, ...DELIVERY_COMPONENT_NAMES.flux];
let controlPlane: ControlPlane;
let delivery: DeliveryAddress;
let administrator: ApiClient;
const copy = new WorkingCopy(() => delivery);

const apply = (...objects: readonly KubernetesObject[]): Promise<void> =>
  applyObjects(administrator, objects, { fieldManager: "test" });
const orders = (round: string): Manifests => ({
  "orders/settings.yaml": [configuration("orders", { round })],
  "orders/api.yaml": [deployment("orders", "api", 2)],
  "growth/settings.yaml": [configuration("growth", {})],
});
const names = (place: string): Promise<readonly string[]> => configurationsIn(administrator, place);
const replicas = (): Promise<number> => replicasOf(administrator, "orders", "api");
const connect = (started: ControlPlane): void => {
  controlPlane = started;
  delivery = started.delivery!;
  administrator = site.client(controlPlane, "administrator");
};

beforeAll(async () => {
  connect(await site.up("dev", "flux"));
  for (const name of ["orders", "growth"]) await apply(namespace(name), ...account(name));
  await apply(gitRepository(delivery), kustomization("orders"), kustomization("growth"));
}, STARTING_MS);

test("all eight run and listen on this machine only", async () => {
  expect(controlPlane.started).toEqual(components);
  const status = await settledStatus(site, "dev");
  expect(status).toMatchObject({ state: "ready", delivery: { by: "flux", branch: "delivery" } });
  expect(status.components.map(({ name }) => name)).toEqual(components);
  listenOnThisMachineOnly(status.components);
  expect(logsOf(site, "dev", { lines: 5 }).map(({ component }) => component)).toEqual(components);
});

test("what is pushed runs, by itself, and is ready", async () => {
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
  await runs(administrator, "orders", copy.deliver(orders("less")));
  expect(await names("orders")).toEqual(["settings"]);
});

test("an account of one namespace writes to no other, and whoever names none writes nowhere", async () => {
  copy.deliver({ ...orders("less"), "growth/settings.yaml": [configuration("orders", {}, "stray")] });
  await failsWith(
    administrator,
    "growth",
    /flux-system:growth.* cannot patch resource "configmaps".* namespace "orders"/,
  );
  await apply(kustomization("nobody", { serviceAccountName: undefined, path: "./gitops/orders" }));
  await failsWith(administrator, "nobody", /flux-system:default.* cannot patch resource/);
  expect(await names("orders")).toEqual(["settings"]);
});

test("the controllers themselves may neither make an object of a namespace nor read a secret of one", async () => {
  const asked = (user: string, verb: string, resource: string): Promise<boolean> =>
    isAllowed(administrator, user, { verb, resource, namespace: "orders" });
  for (const user of ["paved:source-controller", "paved:kustomize-controller"]) {
    const may = [
      await asked(user, "patch", "configmaps"),
      await asked(user, "get", "secrets"),
      await asked(user, "impersonate", "serviceaccounts"),
    ];
    expect({ user, may }).toEqual({ user, may: [false, false, false] });
  }
});

test("what the API server does not take is said by its Kustomization, and the others go on", async () => {
  const wrong = { ...deployment("growth", "wrong", 1), spec: { replicas: "many" } };
  const revision = copy.deliver({ ...orders("beside"), "growth/wrong.yaml": [wrong as KubernetesObject] });
  await runs(administrator, "orders", revision);
  await failsWith(administrator, "growth", /Deployment\/growth\/wrong.*replicas/s);
  await runs(administrator, "growth", copy.deliver(orders("mended")));
  expect(await names("growth")).toEqual(["settings"]);
});

test("a history that was replaced is followed", async () => {
  await runs(administrator, "orders", copy.deliverAnew(orders("anew")));
  expect(await names("orders")).toEqual(["settings"]);
});

test("a team may look at what is delivered, and change nothing of it", async () => {
  const team = site.client(controlPlane, "team-commerce");
  const place = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations/orders`;
  await team.get(place);
  const patch = { method: "PATCH", path: place, body: {}, contentType: "application/merge-patch+json" } as const;
  await expect(team.send(patch)).rejects.toThrow(ApiRefusal);
});

test.each(DELIVERY_COMPONENT_NAMES.flux)(
  "when %s was killed, starting it again starts that alone, and what is pushed then runs",
  async (name) => {
    await kill(folder, name);
    expect((await statusOf(site, "dev")).state).toBe("degraded");
    expect((await site.up()).started).toEqual([name]);
    await runs(administrator, "orders", copy.deliver(orders(name)));
  },
);

test("who starts it without Flux's programs is told so, and what runs goes on", async () => {
  const props = { environment: "dev", region: "eu-west-1", teams: [] };
  const programs = await site.programs();
  await expect(up(site, props, { programs, progress: () => {} })).rejects.toThrow(
    "PVD9001 dev: got no Flux, want what delivers to this environment, built; run paved setup --delivery flux",
  );
  expect((await settledStatus(site, "dev")).state).toBe("ready");
});

test("it stops whole, and starts whole again, with what it delivered, also when nobody asks for Flux again", async () => {
  expect((await down(site, "dev", () => {})).toSorted()).toEqual(components.toSorted());
  expect(components.flatMap((name) => processesIn(folder.working(name)))).toEqual([]);
  connect(await site.up());
  expect(controlPlane.started).toEqual(components);
  await runs(administrator, "orders", copy.deliver(orders("last")));
});

test("a Kustomization that is deleted goes with what it delivered, and without it where its account is gone", async () => {
  const place = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations`;
  const gone = async (name: string): Promise<void> => {
    await administrator.send({ method: "DELETE", path: `${place}/${name}` });
    await eventually(
      () => administrator.get<{ items: readonly KubernetesObject[] }>(place),
      ({ items }) => items.every(({ metadata }) => metadata.name !== name),
    );
  };
  await gone("growth");
  expect(await names("growth")).toEqual([]);
  await administrator.send({ method: "DELETE", path: `/api/v1/namespaces/${FLUX_NAMESPACE}/serviceaccounts/orders` });
  await gone("orders");
  expect(await names("orders")).toEqual(["settings"]);
});

test("Argo CD instead of it stops it", async () => {
  connect(await site.up("dev", "argo-cd"));
  expect(controlPlane.started).toEqual(DELIVERY_COMPONENT_NAMES["argo-cd"]);
  expect(delivery).toMatchObject({ by: "argo-cd", repository: expect.stringMatching(/^git:/) });
  const left = (["source-controller", "kustomize-controller"] as const).flatMap((name) =>
    processesIn(folder.working(name)),
  );
  expect(left).toEqual([]);
});
