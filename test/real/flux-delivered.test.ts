import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  accessIn,
  ApiClient,
  applyObjects,
  bringAddOnKinds,
  type DeliveryAddress,
  ensurePrograms,
  FLUX_NAMESPACE,
  type KubernetesObject,
  remove,
  up,
} from "@paved/control-plane";
import { deliver } from "@paved/delivery";
import { DELIVERED_KINDS } from "@paved/golden-paths";
import { customResourceDefinitions } from "@paved/judges";
import { type Fleet, synthFleet, Workspace } from "@paved/pipeline";
import { parse } from "yaml";
import { namespacesOf } from "./namespaces";
import { accountOf, podOf } from "./pods";

const STARTING_MS = 420_000;
const SYNCING_MS = 240_000;
const SOURCE = "delivery";
const KUSTOMIZATIONS = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations`;
jest.setTimeout(STARTING_MS);

/** What synth renders for services, delivered by Flux as it is: each as an account that may do what its team's project allows. */
const root = path.join(__dirname, "../..");
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-flux-"));
const site = {
  controlPlanes: path.join(directory, "control-plane"),
  binaries: path.join(root, ".paved", "bin"),
  engineModule: path.join(root, "engine"),
};
const silent = (): void => {};
let fleet: Fleet;
let client: ApiClient;
let delivery: DeliveryAddress;
let services: readonly string[];

beforeAll(async () => {
  fleet = await synthFleet(new Workspace(root, path.join(directory, "cdktf.out")));
  const programs = await ensurePrograms(site, { delivery: "flux", progress: silent });
  const props = { environment: "dev", region: "eu-west-1", teams: [], delivery: "flux" } as const;
  const controlPlane = await up(site, props, { programs, progress: silent });
  client = new ApiClient(accessIn(controlPlane.kubeconfig, "dev-administrator")!);
  delivery = controlPlane.delivery!;
  const definitions = await customResourceDefinitions({
    home: path.join(root, ".paved", "judges"),
    requirements: path.join(root, "packages", "judges", "requirements.txt"),
  });
  await bringAddOnKinds(client, definitions as KubernetesObject[], { fieldManager: "acceptance" });
  await apply(namespacesOf(fleet, "dev"));
  const own = fleet.delivered.filter(({ environment, unit }) => environment === "dev" && isService(unit));
  services = [...new Set(own.map(({ unit }) => unit))];
  const pods = own.map(({ text }) => podOf(parse(text) as KubernetesObject)).filter((pod) => pod !== undefined);
  await apply(pods.map(accountOf));
}, STARTING_MS);

afterAll(async () => {
  client?.close();
  await remove(site, "dev", silent);
  fs.rmSync(directory, { recursive: true, force: true });
}, STARTING_MS);

const isService = (unit: string): boolean => unit !== "platform" && !unit.startsWith("_");
const apply = (objects: readonly KubernetesObject[]): Promise<void> =>
  applyObjects(client, objects, { fieldManager: "acceptance" });

test("every service's folder runs and is ready, as an account that may change what golden paths deliver, there alone", async () => {
  const rules = await rulesOf(DELIVERED_KINDS);
  await apply([gitRepository(delivery), ...services.flatMap((name) => [...account(name, rules), kustomization(name)])]);
  const { folder: repository, branch } = delivery;
  const { commit } = await deliver({
    files: fleet.delivered,
    environment: "dev",
    repository,
    branch,
    dryRun: false,
    progress: silent,
  });
  const ready = Object.fromEntries(services.map((name) => [name, `True ${branch}@sha1:${commit}`]));
  expect(services.length).toBeGreaterThan(5);
  expect(await saidOnce((said) => JSON.stringify(said) === JSON.stringify(ready))).toEqual(ready);
});

/** What is needed of kinds to deliver them, and to see whether what came of them is ready. */
async function rulesOf(
  kinds: readonly { readonly group: string; readonly kind: string }[],
): Promise<readonly object[]> {
  const every = ["get", "list", "watch", "create", "update", "patch", "delete"];
  const look = ["get", "list", "watch"];
  const groups = [...new Set(kinds.map(({ group }) => group))];
  const rules = await Promise.all(
    groups.map(async (group) => {
      const own = kinds.filter((one) => one.group === group).map(({ kind }) => kind);
      return { apiGroups: [group], resources: await pluralsOf(group, own), verbs: every };
    }),
  );
  return [
    ...rules,
    { apiGroups: [""], resources: ["pods"], verbs: look },
    { apiGroups: ["apps"], resources: ["replicasets"], verbs: look },
  ];
}

/** What the API server calls kinds of a group, in the version that it prefers. */
async function pluralsOf(group: string, kinds: readonly string[]): Promise<readonly string[]> {
  interface Group {
    readonly preferredVersion: { readonly groupVersion: string };
  }
  interface Resources {
    readonly resources: readonly { readonly name: string; readonly kind: string }[];
  }
  const place =
    group === "" ? "/api/v1" : `/apis/${(await client.get<Group>(`/apis/${group}`)).preferredVersion.groupVersion}`;
  const { resources } = await client.get<Resources>(place);
  const own = resources.filter(({ kind, name }) => kinds.includes(kind) && !name.includes("/"));
  expect(own.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
  return own.map(({ name }) => name);
}

function gitRepository({ repository, branch }: DeliveryAddress): KubernetesObject {
  return {
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: SOURCE, namespace: FLUX_NAMESPACE },
    spec: { url: repository, ref: { branch }, interval: "5s" },
  };
}

function account(name: string, rules: readonly object[]): readonly KubernetesObject[] {
  const api = "rbac.authorization.k8s.io";
  const metadata = { name: "deliverer", namespace: name };
  const roleRef = { apiGroup: api, kind: "Role", name: metadata.name };
  const subjects = [{ kind: "ServiceAccount", name, namespace: FLUX_NAMESPACE }];
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: FLUX_NAMESPACE } },
    { apiVersion: `${api}/v1`, kind: "Role", metadata, rules },
    { apiVersion: `${api}/v1`, kind: "RoleBinding", metadata, roleRef, subjects },
  ];
}

function kustomization(name: string): KubernetesObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      serviceAccountName: name,
      sourceRef: { kind: "GitRepository", name: SOURCE },
      path: `./gitops/dev/${name}`,
      interval: "1m",
      retryInterval: "5s",
      timeout: "2m",
      prune: true,
      wait: true,
    },
  };
}

interface Kustomizations {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status?: {
      readonly lastAppliedRevision?: string;
      readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
    };
  }[];
}

/** What Flux says of each, as soon as it is right, or its last words. */
async function saidOnce(isRight: (said: Readonly<Record<string, string>>) => boolean) {
  let said: Readonly<Record<string, string>> = {};
  for (const until = Date.now() + SYNCING_MS; Date.now() < until && !isRight(said);) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { items } = await client.get<Kustomizations>(KUSTOMIZATIONS);
    const states = items.map(({ metadata, status = {} }) => {
      const { status: ready, message } = status.conditions?.find(({ type }) => type === "Ready") ?? {};
      return [metadata.name, ready === "True" ? `True ${status.lastAppliedRevision}` : `${ready} ${message}`] as const;
    });
    said = Object.fromEntries(states.toSorted(([a], [b]) => services.indexOf(a) - services.indexOf(b)));
  }
  return said;
}
