import {
  type ApiClient,
  applyObjects,
  bootstrapObjects,
  bringAddOnKinds,
  type DeliveryAddress,
  FLUX_NAMESPACE,
  type KubernetesObject,
} from "@paved/control-plane";
import { isAllowed } from "@paved/control-plane/real/access-review";
import { OwnSite } from "@paved/control-plane/real/own-site";
import { deliver } from "@paved/delivery";
import { type Fleet, synthFleet, Workspace } from "@paved/pipeline";
import { type Kustomization, kustomizationStatus } from "@paved/workloads";
import { parse } from "yaml";
import { RepositoryWorkspace } from "../repository-workspace";
import { addOnDefinitions } from "./add-on-definitions";
import { fluxAccessOf } from "./flux-access";
import { namespacesOf } from "./namespaces";
import { accountOf, podOf } from "./pods";

const STARTING_MS = 420_000;
const SYNCING_MS = 240_000;
const KUSTOMIZATIONS = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations`;
jest.setTimeout(STARTING_MS);

/** An environment that says `flux`, delivered by the very objects that its stacks and its rendered folders are made of. */
const workspace = new RepositoryWorkspace();
const site = new OwnSite();
const silent = (): void => {};
let fleet: Fleet;
let client: ApiClient;
let delivery: DeliveryAddress;
let units: readonly string[];
let revision: string;

const apply = (objects: readonly KubernetesObject[], dryRun = false): Promise<void> =>
  applyObjects(client, objects, { fieldManager: "acceptance", dryRun });
const ofDev = () => fleet.delivered.filter(({ environment }) => environment === "dev");

beforeAll(async () => {
  const file = "environments/src/dev.ts";
  workspace.write(file, workspace.read(file).replace("  delivery: {\n", '  delivery: {\n    by: "flux",\n'));
  fleet = await synthFleet(new Workspace(workspace.directory));
  const controlPlane = await site.up("dev", "flux");
  client = site.client(controlPlane, "administrator");
  delivery = controlPlane.delivery!;
  await bringAddOnKinds(client, await addOnDefinitions(), { fieldManager: "acceptance" });
  await apply(namespacesOf(fleet, "dev").filter(({ metadata }) => metadata.name !== FLUX_NAMESPACE));
  const objects = ofDev().map(({ text }) => parse(text) as KubernetesObject);
  const pods = objects.map(podOf).filter((pod) => pod !== undefined);
  await apply(pods.map(accountOf));
  units = [...new Set(ofDev().map(({ unit }) => unit))].filter((unit) => !unit.startsWith("_"));
}, STARTING_MS);

afterAll(() => workspace.remove());

test("every Kustomization is taken by the API server, with no field that the controllers' own schema does not have", async () => {
  const told = ofDev().filter(({ unit }) => unit === "_flux");
  expect(told).toHaveLength(units.length);
  await apply(
    told.map(({ text }) => parse(text) as KubernetesObject),
    true,
  );
});

test("the first one brings all others, and each folder is applied as its own account, runs and is ready", async () => {
  const roots = fleet.stacks.filter(({ environment }) => environment === "dev").map(({ json }) => json);
  const { repository: to, folder: repository, branch } = delivery;
  const { repository: from } = fleet.index.environments.find(({ name }) => name === "dev")!.delivery;
  await apply([...fluxAccessOf(fleet, "dev", FLUX_NAMESPACE), ...bootstrapObjects(roots, { from, to })]);
  const common = { environment: "dev", repository, branch, dryRun: false, progress: silent };
  revision = (await deliver({ files: fleet.delivered, ...common })).commit!;
  const ready = Object.fromEntries([FLUX_NAMESPACE, ...units].toSorted().map((name) => [name, `Healthy ${revision}`]));
  expect(units.length).toBeGreaterThan(5);
  expect(await saidOnce((said) => JSON.stringify(said) === JSON.stringify(ready))).toEqual(ready);
});

test.each([
  ["deliver-orders", "patch", "apps", "deployments", "orders", true],
  ["deliver-orders", "patch", "apps", "deployments", "payments", false],
  ["deliver-orders", "get", "", "secrets", "orders", false],
  ["deliver-orders", "create", "rbac.authorization.k8s.io", "rolebindings", "orders", false],
  ["deliver-orders", "patch", "kustomize.toolkit.fluxcd.io", "kustomizations", FLUX_NAMESPACE, false],
  ["deliver-platform", "patch", "external-secrets.io", "clustersecretstores", "", true],
  ["deliver-platform", "create", "batch", "jobs", "database-access", true],
  ["deliver-platform", "create", "batch", "jobs", "orders", false],
  ["deliver-platform", "create", "", "serviceaccounts", FLUX_NAMESPACE, false],
  ["deliver-platform", "create", "", "namespaces", "", false],
  ["deliver-platform", "create", "rbac.authorization.k8s.io", "clusterrolebindings", "", false],
  ["paved.kustomizations", "patch", "kustomize.toolkit.fluxcd.io", "kustomizations", FLUX_NAMESPACE, true],
  ["paved.kustomizations", "patch", "apps", "deployments", "orders", false],
  ["paved.gateway-kinds", "create", "apiextensions.k8s.io", "customresourcedefinitions", "", true],
  ["paved.gateway-kinds", "create", "", "pods", "orders", false],
])("as %s, whether it may %s %s/%s in %s is %s", async (name, verb, group, resource, namespace, allowed) => {
  const user = `system:serviceaccount:${FLUX_NAMESPACE}:${name}`;
  expect(await isAllowed(client, user, { verb, group, resource, namespace })).toBe(allowed);
});

test("what stands in a service's folder for another namespace is put into the service's own", async () => {
  const { folder: repository, branch } = delivery;
  const stray = {
    environment: "dev",
    unit: "orders",
    name: "configmap-stray.yaml",
    text: "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stray, namespace: payments }\n",
  };
  const files = [...fleet.delivered, stray];
  const pushed = await deliver({ files, environment: "dev", repository, branch, dryRun: false, progress: silent });
  expect((await saidOnce(({ orders }) => orders === `Healthy ${pushed.commit}`))["orders"]).toBe(
    `Healthy ${pushed.commit}`,
  );
  const { items } = await client.get<{ readonly items: readonly KubernetesObject[] }>("/api/v1/configmaps");
  expect(items.filter(({ metadata }) => metadata.name === "stray").map(({ metadata }) => metadata.namespace)).toEqual([
    "orders",
  ]);
});

/** What Flux says of each, as soon as it is right, or its last words. */
async function saidOnce(isRight: (said: Readonly<Record<string, string>>) => boolean) {
  let said: Readonly<Record<string, string>> = {};
  for (const until = Date.now() + SYNCING_MS; Date.now() < until && !isRight(said);) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { items } = await client.get<{ readonly items: readonly (Kustomization & KubernetesObject)[] }>(
      KUSTOMIZATIONS,
    );
    const states = items.map((one) => {
      const { health, revision: at, message } = kustomizationStatus(one);
      return [one.metadata.name, health === "Healthy" ? `${health} ${at}` : `${health} ${message}`] as const;
    });
    said = Object.fromEntries(states.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  return said;
}
