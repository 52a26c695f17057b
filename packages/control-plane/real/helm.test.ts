import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { processesIn } from "@paved/machine";
import type { HelmReleaseName, WantedHelmRelease } from "@paved/model";
import { parseAllDocuments } from "yaml";
import {
  accessIn,
  type ApiClient,
  applyObjects,
  type ControlPlane,
  Helm,
  HelmReleases,
  type KubernetesObject,
  ReleaseRefusal,
  statusOf,
} from "../src";
import { AnsweringClient } from "../src/cluster/answering-client";
import { deployment, eventually, namespace } from "./objects";
import { OwnSite, STARTING_MS } from "./own-site";

jest.setTimeout(STARTING_MS);

const site = new OwnSite();
const home = path.join(site.controlPlanes, "dev", "helm");
let controlPlane: ControlPlane;
let administrator: ApiClient;
let client: AnsweringClient;
let helm: Helm;
let releases: HelmReleases;

beforeAll(async () => {
  await site.programs("argo-cd");
  controlPlane = await site.up();
  administrator = site.client(controlPlane, "administrator");
  client = new AnsweringClient(accessIn(controlPlane.kubeconfig, "dev-administrator")!, "dev");
  const [binary, { kubeconfig }] = [path.join(site.binaries, "helm"), controlPlane];
  helm = new Helm({ binary, home, kubeconfig, context: "dev-administrator" });
  releases = new HelmReleases({ helm, client, charts: site.charts });
}, STARTING_MS);
afterAll(() => client?.close());

const settings = (name: string, data: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default" },
  data,
});
/** A deployment whose image is in no registry. */
const neverReady = (name: string): KubernetesObject => {
  const made = deployment("default", name, 1);
  return JSON.parse(JSON.stringify(made).replace("main:1", `main@sha256:${"0".repeat(64)}`)) as KubernetesObject;
};
const of = (name: string, ...objects: readonly object[]): WantedHelmRelease => ({
  name,
  namespace: "default",
  chart: "./charts/objects",
  values: [JSON.stringify({ objects })],
  timeoutSeconds: 60,
  maxHistory: 5,
});
/** What a ConfigMap of the release holds. @returns undefined where there is none */
const dataOf = async (name: string): Promise<unknown> => {
  const { items } = await administrator.get<{ items: readonly KubernetesObject[] }>(
    "/api/v1/namespaces/default/configmaps",
  );
  const found = items.find(({ metadata }) => metadata.name === name);
  return found && (found["data"] ?? {});
};
/** The Helm that is at work on a release. */
const helmsOn = (release: HelmReleaseName) =>
  eventually(
    async () => processesIn(helm.placeOf(release)),
    (pids) => pids.length > 0,
  );
/** Until a release is about to be installed or upgraded. */
const pending = (release: HelmReleaseName) =>
  eventually(
    () => releases.read(release),
    (read) => read?.status.startsWith("pending-") === true,
  );

describe("a release", () => {
  test("is installed with all that its values hold, and is read back as it is", async () => {
    const before = Date.now() / 1000 - 1;
    const written = await releases.write(of("first", namespace("by-helm"), settings("first", { of: "1" })));
    expect(written).toEqual({
      name: "first",
      namespace: "default",
      chart: "objects",
      version: "1.0.0",
      appVersion: "",
      revision: 1,
      status: "deployed",
      firstDeployed: expect.any(Number),
      lastDeployed: written.firstDeployed,
    });
    expect(written.firstDeployed).toBeGreaterThan(before);
    expect(written.firstDeployed).toBeLessThan(before + 600);
    expect(await releases.read(written)).toEqual(written);
    expect(await dataOf("first")).toEqual({ of: "1" });
    await administrator.get("/api/v1/namespaces/by-helm");
  });

  test("makes exactly what its values hold, and nothing of the chart's own", async () => {
    const manifestOf = async (release: HelmReleaseName): Promise<readonly unknown[]> => {
      const manifest = await helm.look(release, ["get", "manifest", "--", release.name]);
      return parseAllDocuments(manifest).map((document) => document.toJS() as unknown);
    };
    const objects = [settings("exactly", { of: "1" }), namespace("exactly")];
    await releases.write(of("exactly", ...objects));
    const made = await manifestOf(of("exactly"));
    expect(made).toHaveLength(2);
    expect(made).toEqual(expect.arrayContaining(objects));
    expect(await manifestOf(await releases.write(of("nothing")))).toEqual([]);
  });

  test("that there is not is undefined", async () => {
    expect(await releases.read(of("nobody"))).toBeUndefined();
  });

  test("is upgraded, with a revision more, to what the last of its texts says, and what is no more of it goes", async () => {
    const { firstDeployed } = await releases.write(of("twice", settings("old"), settings("kept", { of: "1" })));
    const next = of("twice", settings("kept", { of: "2" }));
    const { values } = of("twice", settings("overridden"));
    expect(await releases.write({ ...next, values: [...values, ...next.values] })).toMatchObject({
      revision: 2,
      firstDeployed,
    });
    expect(await Promise.all(["old", "overridden", "kept"].map(dataOf))).toEqual([undefined, undefined, { of: "2" }]);
  });

  test("takes over an object that the sandbox has made before", async () => {
    await applyObjects(administrator, [settings("taken", { of: "the sandbox" })], { fieldManager: "paved-sandbox" });
    await releases.write(of("takes", settings("taken", { of: "the release" })));
    expect(await dataOf("taken")).toEqual({ of: "the release" });
  });

  test("is removed with all that it made, and once more without complaint", async () => {
    const release = await releases.write(of("goes", settings("goes")));
    for (const _ of ["once", "twice"]) await releases.remove(release);
    expect([await releases.read(release), await dataOf("goes")]).toEqual([undefined, undefined]);
  });

  test("brings numbers and texts as they are, whatever they look like", async () => {
    const annotations = { template: "{{ x }}", number: "1e3", yes: "yes", many: "a\n---\nb", empty: "" };
    const { metadata, spec, ...made } = deployment("default", "exact", 0);
    const progressDeadlineSeconds = 1_000_000;
    await releases.write(
      of("exact", {
        ...made,
        metadata: { ...metadata, annotations },
        spec: { ...(spec as object), progressDeadlineSeconds },
      }),
    );
    const live = await administrator.get<typeof made & { metadata: { annotations: object }; spec: object }>(
      "/apis/apps/v1/namespaces/default/deployments/exact",
    );
    expect(live.metadata.annotations).toMatchObject(annotations);
    expect(live.spec).toMatchObject({ progressDeadlineSeconds });
  });
});

describe("what does not work", () => {
  test("is refused in the API server's words, and nothing of it is left", async () => {
    const refused = releases.write(of("refused", settings("fine"), settings("Not_A_Name")));
    await expect(refused).rejects.toThrow(
      /^release refused failed, and has been uninstalled .*ConfigMap "Not_A_Name" is invalid: metadata\.name: Invalid value/,
    );
    await expect(refused).rejects.toMatchObject({ release: { name: "refused", namespace: "default" } });
    expect([await releases.read(of("refused")), await dataOf("fine")]).toEqual([undefined, undefined]);
    expect(readdirSync(helm.placeOf(of("refused")))).toEqual([]);
  });

  test("as an upgrade leaves what was there before", async () => {
    await releases.write(of("stays", settings("stays", { of: "1" })));
    const worse = of("stays", settings("stays", { of: "2" }), settings("Not_A_Name"));
    await expect(releases.write(worse)).rejects.toThrow(ReleaseRefusal);
    expect(await releases.read(worse)).toMatchObject({ status: "deployed", version: "1.0.0" });
    expect(await dataOf("stays")).toEqual({ of: "1" });
  });

  test("since it does not get ready in time is taken back", async () => {
    const late = { ...of("late", neverReady("late"), settings("late")), timeoutSeconds: 2 };
    await expect(releases.write(late)).rejects.toThrow(
      /uninstalled due to atomic being set: context deadline exceeded$/,
    );
    expect([await releases.read(late), await dataOf("late")]).toEqual([undefined, undefined]);
  });

  test.each(["./charts/nothing", "./charts/../charts/objects", "oci://registry.example.com/objects", "objects"])(
    "is a chart that is none of the repository: %s",
    async (chart) => {
      const refused = releases.write({ ...of("elsewhere", settings("elsewhere")), chart });
      await expect(refused).rejects.toThrow(
        new ReleaseRefusal(of("elsewhere"), `${chart} is no chart of the repository`),
      );
    },
  );

  test.each([1, 2])("since Helm was killed is done by the next write, at revision %i", async (revision) => {
    const name = `killed-${revision}`;
    if (revision === 2) await releases.write(of(name, settings(name)));
    const killed = releases.write(of(name, neverReady(name)));
    await pending(of(name));
    for (const pid of await helmsOn(of(name))) process.kill(pid, "SIGKILL");
    await expect(killed).rejects.toThrow("helm ended with SIGKILL");
    expect(await releases.write(of(name, settings(name, { of: "2" })))).toMatchObject({ status: "deployed" });
    expect(await dataOf(name)).toEqual({ of: "2" });
    const deployments = "/apis/apps/v1/namespaces/default/deployments";
    const { items } = await administrator.get<{ items: readonly KubernetesObject[] }>(deployments);
    expect(items.map(({ metadata }) => metadata.name)).not.toContain(name);
  });
});

test("a Helm that is still at work on a release, since only who started it was killed, takes back what it began before the next write", async () => {
  const left = releases.write(of("left", neverReady("left"))).catch(({ message }: Error) => message);
  await pending(of("left"));
  expect(await releases.write(of("left", settings("left")))).toMatchObject({ revision: 1, status: "deployed" });
  expect(await left).toMatch(/^release left failed, and has been uninstalled .*context canceled$/);
  expect(await dataOf("left")).toEqual({});
});

test("who stops an installation waits no longer, and Helm takes back what it began", async () => {
  const [stopping, reason] = [new AbortController(), new Error("stopped")];
  const written = releases.write(of("stopped", neverReady("stopped")), stopping.signal);
  await pending(of("stopped"));
  stopping.abort(reason);
  await expect(written).rejects.toBe(reason);
  expect([await releases.read(of("stopped")), processesIn(helm.placeOf(of("stopped")))]).toEqual([undefined, []]);
});

test("who stops a removal waits no longer, and no Helm is left; what was half gone is made anew", async () => {
  const held = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "held", namespace: "default" } };
  const { metadata } = held;
  await releases.write(of("held", { ...held, metadata: { ...metadata, finalizers: ["example.com/held"] } }));
  const [stopping, reason] = [new AbortController(), new Error("stopped")];
  const removed = releases.remove(of("held"), stopping.signal);
  await helmsOn(of("held"));
  stopping.abort(reason);
  await expect(removed).rejects.toBe(reason);
  expect(processesIn(helm.placeOf(of("held")))).toEqual([]);
  await administrator.send({
    method: "PATCH",
    path: "/api/v1/namespaces/default/configmaps/held",
    body: { metadata: { finalizers: null } },
    contentType: "application/merge-patch+json",
  });
  expect(await releases.write(of("held", settings("held")))).toMatchObject({ status: "deployed" });
});

describe("whoever runs it has Helm as well", () => {
  const own = mkdtempSync(path.join(tmpdir(), "paved-own-helm-"));
  const plugin = path.join(own, "plugins", "broken");
  const theirs = {
    HELM_NAMESPACE: "elsewhere",
    HELM_DRIVER: "memory",
    HELM_KUBEAPISERVER: "https://127.0.0.1:1",
    HELM_PLUGINS: path.join(own, "plugins"),
    HELM_CONFIG_HOME: own,
    KUBECONFIG: path.join(own, "kubeconfig"),
  };
  const before = { ...process.env };
  beforeAll(() => {
    mkdirSync(plugin, { recursive: true });
    writeFileSync(path.join(plugin, "plugin.yaml"), "name: [");
    Object.assign(process.env, theirs);
  });
  afterAll(() => {
    process.env = before;
    rmSync(own, { recursive: true });
  });

  test("and its settings and plugins are not used, nor is anything of it changed", async () => {
    await releases.write(of("mine", settings("mine")));
    const secrets = "/api/v1/namespaces/default/secrets";
    const { items } = await administrator.get<{ items: readonly KubernetesObject[] }>(secrets);
    expect(items.map(({ metadata }) => metadata.name)).toContain("sh.helm.release.v1.mine.v1");
    expect(readdirSync(own)).toEqual(["plugins"]);
  });
});

test("fails with PVD9004 once the API server is gone, whatever is asked", async () => {
  const { components } = await statusOf(site, "dev");
  process.kill(components.find(({ name }) => name === "kube-apiserver")!.pid!, "SIGKILL");
  const wanted = of("late", settings("late"));
  for (const asked of [() => releases.read(wanted), () => releases.write(wanted), () => releases.remove(wanted)]) {
    await expect(asked()).rejects.toThrow(/^PVD9004 dev: /);
  }
});
