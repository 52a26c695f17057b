import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  accessIn,
  ApiClient,
  ApiRefusal,
  applyObjects,
  ensurePrograms,
  type KubernetesObject,
  remove,
  up,
} from "@paved/control-plane";
import { customResourceDefinitions } from "@paved/judges";
import { type Fleet, synthFleet, Workspace } from "@paved/pipeline";
import { ENVIRONMENT_NAMES } from "@paved/model";
import { parse } from "yaml";
import { namespacesOf } from "./namespaces";
import { accountOf, podOf, privileged } from "./pods";

const STARTING_MS = 420_000;
/** The one group whose kinds the API server does not know: its project publishes no module that has them. */
const UNKNOWN = /^gateway\.k8s\.aws\//;
jest.setTimeout(STARTING_MS);

/** Everything that synth renders for Argo CD, held against a real API server that knows the kinds of the add-ons. */
const root = path.join(__dirname, "../..");
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-delivered-"));
const site = {
  controlPlanes: path.join(directory, "control-plane"),
  binaries: path.join(root, ".paved", "bin"),
  engineModule: path.join(root, "engine"),
  charts: path.join(root, "modules", "charts"),
};
const silent = (): void => {};
let fleet: Fleet;
let client: ApiClient;

beforeAll(async () => {
  fleet = await synthFleet(new Workspace(root, path.join(directory, "cdktf.out")));
  const programs = await ensurePrograms(site, { progress: silent });
  const props = { environment: "dev", region: "eu-west-1", teams: [] };
  const { kubeconfig } = await up(site, props, { programs, progress: silent });
  client = new ApiClient(accessIn(kubeconfig, "dev-administrator")!);
  const definitions = await customResourceDefinitions({
    home: path.join(root, ".paved", "judges"),
    requirements: path.join(root, "packages", "judges", "requirements.txt"),
  });
  await apply(definitions as KubernetesObject[]);
  await established(definitions.length);
}, STARTING_MS);

afterAll(async () => {
  client?.close();
  await remove(site, "dev", silent);
  fs.rmSync(directory, { recursive: true, force: true });
}, STARTING_MS);

const apply = (objects: readonly KubernetesObject[], dryRun = false): Promise<void> =>
  applyObjects(client, objects, { fieldManager: "acceptance", dryRun });

/** What the API server says of each that it does not take, by name. */
async function refusals(objects: readonly KubernetesObject[]): Promise<Readonly<Record<string, string>>> {
  const said: Record<string, string> = {};
  for (const object of objects) {
    try {
      await apply([object], true);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      said[`${object.kind} ${object.metadata.namespace ?? ""}/${object.metadata.name}`] = error.message;
    }
  }
  return said;
}

const delivered = (environment: string): readonly KubernetesObject[] =>
  fleet.delivered.filter((file) => file.environment === environment).map(({ text }) => parse(text) as KubernetesObject);

describe.each(ENVIRONMENT_NAMES)("%s", (environment) => {
  let objects: readonly KubernetesObject[];
  let pods: readonly KubernetesObject[];

  beforeAll(async () => {
    objects = delivered(environment);
    pods = objects.map(podOf).filter((pod) => pod !== undefined);
    const namespaces = objects.filter(({ kind }) => kind === "Namespace");
    await apply([...namespacesOf(fleet, environment), ...namespaces]);
    // Accounts are made by OpenTofu, in namespaces that it knows by contract only.
    await apply(pods.map(accountOf));
  });

  test("every manifest is taken by the API server, with no field that its schema does not have", async () => {
    const known = objects.filter(({ apiVersion }) => !UNKNOWN.test(apiVersion));
    expect(known.length).toBeGreaterThan(100);
    expect(await refusals(known)).toEqual({});
  });

  test("every pod is admitted where it is to run", async () => {
    expect(pods.length).toBeGreaterThan(5);
    expect(await refusals(pods)).toEqual({});
  });

  test("none of them is admitted privileged: the labels of its namespace refuse it", async () => {
    const said = await refusals(pods.map(privileged));
    expect(Object.keys(said)).toHaveLength(pods.length);
    for (const message of Object.values(said)) expect(message).toMatch(/violates PodSecurity "restricted:v1\.\d+"/);
  });
});

async function established(count: number): Promise<void> {
  interface Definition {
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }
  for (let done = 0; done < count; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const { items } = await client.get<{ items: readonly Definition[] }>(
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
    );
    done = items.filter(({ status }) =>
      status?.conditions?.some(({ type, status: is }) => type === "Established" && is === "True"),
    ).length;
  }
}
