import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { accessIn, ApiClient, type ControlPlane, type KubernetesObject } from "@paved/control-plane";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import type { RunCommand } from "../src/run/result";
import { Workspace } from "../src/workspace/workspace";
import { remove, type StackSpec, workspaceWith, writeFleet } from "../test/fleet-on-disk";
import { OneStack, type StackResult } from "./one-stack";
import { OwnControlPlane } from "./own-control-plane";

const STARTING_MS = 240_000;
jest.setTimeout(STARTING_MS);

const { repository } = environmentEntry("dev").delivery;
const APPLICATIONS = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
const PROJECTS = "/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects";
const RELEASES = "/api/v1/namespaces/argocd/secrets?labelSelector=owner%3Dhelm";

const object = (kind: string, name: string, spec: object): object => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind,
  metadata: { name, namespace: "argocd" },
  spec,
});
const application = (name: string, repoURL: string): object =>
  object("Application", name, {
    project: "platform",
    destination: { server: "https://kubernetes.default.svc", namespace: "argocd" },
    source: { repoURL, targetRevision: "delivery", path: "gitops/dev/_argocd" },
  });
const project = (description: string): object =>
  object("AppProject", "platform", {
    description,
    sourceRepos: [repository],
    destinations: [{ server: "https://kubernetes.default.svc", namespace: "argocd" }],
  });
const ELSEWHERE = application("elsewhere", "https://git.example.net/other.git");
const FIRST = [project("first"), application("paved.applications", repository), ELSEWHERE];

/** A stack that installs a chart of the repository, and one that is fetched. */
function platform(objects: readonly object[]): StackSpec {
  const cluster = { host: "https://dev.example.com" };
  const provider = (name: string, version: string): object => ({
    [name]: { source: `registry.opentofu.org/hashicorp/${name}`, version },
  });
  return {
    name: "dev-platform",
    resources: {
      kubernetes_namespace_v1: { argocd: { metadata: { name: "argocd" } } },
      helm_release: {
        first: {
          name: "first",
          chart: "./charts/objects",
          version: "1.0.0",
          namespace: "${kubernetes_namespace_v1.argocd.metadata[0].name}",
          values: [JSON.stringify({ objects })],
          atomic: true,
          max_history: 5,
        },
        fetched: {
          name: "fetched",
          chart: "keda",
          repository: "https://kedacore.github.io/charts",
          version: "2.20.2",
          namespace: "${kubernetes_namespace_v1.argocd.metadata[0].name}",
        },
      },
    },
    root: {
      provider: { kubernetes: [cluster], helm: [{ kubernetes: cluster }] },
      terraform: {
        backend: { s3: { bucket: "state", key: "dev-platform.tfstate", region: "eu-west-1", use_lockfile: true } },
        required_providers: { ...provider("kubernetes", "2.38.0"), ...provider("helm", "3.1.1") },
      },
    },
  };
}

const workspace = workspaceWith([platform(FIRST)]);
const checkout = new Workspace(path.join(__dirname, "../../.."));
cpSync(checkout.charts, workspace.charts, { recursive: true });
// Helm as this checkout has built it.
symlinkSync(checkout.engineModule, workspace.engineModule);
mkdirSync(workspace.paved, { recursive: true });
symlinkSync(checkout.binaries, workspace.binaries);
const own = new OwnControlPlane(workspace);
const stack = new OneStack(workspace);
const { said } = stack;
let controlPlane: ControlPlane;
let client: ApiClient;

beforeAll(async () => {
  controlPlane = await own.start("argo-cd");
  client = new ApiClient(accessIn(controlPlane.kubeconfig, "dev-administrator")!);
}, STARTING_MS);

afterAll(async () => {
  client?.close();
  await own.remove();
  remove(workspace);
}, STARTING_MS);

const run = (command: RunCommand): Promise<StackResult> => stack.run(command);
const succeed = (command: RunCommand): Promise<StackResult> => stack.succeed(command);

const namesAt = async (url: string): Promise<readonly string[]> =>
  (await client.get<{ readonly items: readonly KubernetesObject[] }>(url)).items.map(({ metadata }) => metadata.name);

const read = (url: string): Promise<KubernetesObject> => client.get<KubernetesObject>(url);

/** The one stack installed with these objects, whatever an earlier test left. */
async function installed(objects: readonly object[]): Promise<void> {
  writeFleet(workspace, [platform(objects)]);
  await succeed("apply");
}

test("Helm installs a chart of the repository, the second plan is empty, and it is said that others are emulated", async () => {
  await installed(FIRST);
  expect(await namesAt(RELEASES)).toEqual(["sh.helm.release.v1.first.v1"]);
  expect((await read(`${PROJECTS}/platform`)).metadata).toMatchObject({
    annotations: { "meta.helm.sh/release-name": "first" },
  });
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
  expect(said).toContain(
    `dev: Kubernetes objects are written to ${controlPlane.server}; Helm installs charts of this repository, all other releases are emulated`,
  );
});

test("what comes from the delivery repository comes from that of the sandbox, and what comes from elsewhere is left out", async () => {
  await installed(FIRST);
  expect(await read(`${APPLICATIONS}/paved.applications`)).toMatchObject({
    spec: { source: { repoURL: controlPlane.delivery!.repository } },
  });
  expect(await namesAt(APPLICATIONS)).not.toContain("elsewhere");
});

test("a change of the values is an upgrade", async () => {
  await installed(FIRST);
  await installed([project("second"), ...FIRST.slice(1)]);
  expect(await read(`${PROJECTS}/platform`)).toMatchObject({ spec: { description: "second" } });
  expect(await succeed("plan")).toMatchObject({ status: "unchanged" });
});

test("a release that somebody uninstalled is installed again", async () => {
  await installed(FIRST);
  for (const name of await namesAt(RELEASES))
    await client.send({ method: "DELETE", path: `/api/v1/namespaces/argocd/secrets/${name}` });
  await client.send({ method: "DELETE", path: `${PROJECTS}/platform` });
  expect(await succeed("plan")).toMatchObject({ status: "planned" });
  await succeed("apply");
  expect(await namesAt(PROJECTS)).toContain("platform");
});

test("what the API server refuses is the diagnostic of that release, and the objects that were there stay", async () => {
  await installed(FIRST);
  const strange = object("AppProject", "platform", { description: 7 });
  writeFleet(workspace, [platform([strange])]);
  const { findings } = await run("apply");
  expect(JSON.stringify(findings)).toContain("spec.description");
  expect(await read(`${PROJECTS}/platform`)).toMatchObject({ spec: { sourceRepos: expect.anything() } });
  expect(await namesAt(APPLICATIONS)).toContain("paved.applications");
});

test("destroying the stack takes away what the chart made", async () => {
  await installed(FIRST);
  await succeed("destroy");
  expect(await namesAt(APPLICATIONS)).not.toContain("paved.applications");
});
