import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { HelmRelease, HelmReleaseName, WantedHelmRelease } from "@paved/model";
import { type Releases, Sandbox } from "../src";
import { behaviourOf } from "../src/behaviours/registry";
import type { Cluster } from "../src/cluster/cluster";
import { Refusal } from "../src/protocol/diagnostics";
import { resourceSchema } from "../src/schema/catalogue";
import { blockType } from "../src/schema/model";
import { LiveRelease } from "../src/serve/live-release";
import { ProviderPlace } from "../src/serve/place";
import { Resource } from "../src/serve/resource";
import { ObjectStore } from "../src/store/object-store";
import { conformValue } from "../src/values/codec";
import { UNKNOWN, type Value, type ValueObject } from "../src/values/value";

const TYPE = "helm_release";
const NAME = { name: "first", namespace: "argocd" };

/** Helm, as far as it can be told: each release once more installed is another revision. */
class Told implements Releases {
  readonly installed = new Map<string, HelmRelease>();
  readonly wanted: WantedHelmRelease[] = [];
  refusal: Error | undefined;

  async read({ name }: HelmReleaseName): Promise<HelmRelease | undefined> {
    if (this.refusal !== undefined) throw this.refusal;
    return this.installed.get(name);
  }

  async write(release: WantedHelmRelease, signal?: AbortSignal): Promise<HelmRelease> {
    signal?.throwIfAborted();
    if (this.refusal !== undefined) throw this.refusal;
    this.wanted.push(release);
    const { name, namespace } = release;
    const made = {
      name,
      namespace,
      chart: "objects",
      version: "1.0.0",
      appVersion: "",
      revision: (this.installed.get(name)?.revision ?? 0) + 1,
      status: "deployed",
      firstDeployed: 1,
      lastDeployed: 2,
    };
    this.installed.set(name, made);
    return made;
  }

  async remove({ name }: HelmReleaseName, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.installed.delete(name);
  }
}

let directory: string;
let store: ObjectStore;
let helm: Told;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), "paved-release-"));
  store = new ObjectStore(path.join(directory, "store"));
  helm = new Told();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function resource(host: Value = "https://dev.example.com"): Resource {
  const place = new ProviderPlace("helm", "dev-platform", { kubernetes: { host } });
  return new Resource(TYPE, resourceSchema(TYPE), behaviourOf(TYPE), store, place);
}

function releases(host?: Value): LiveRelease {
  return new LiveRelease(resource(host), helm, behaviourOf(TYPE));
}

const planned = (more: object = {}): ValueObject =>
  conformValue(blockType(resourceSchema(TYPE)), {
    ...NAME,
    chart: "./charts/objects",
    values: ['{"objects":[]}'],
    timeout: 600,
    max_history: 5,
    ...more,
  }) as ValueObject;
const fresh = (more: object = {}): ValueObject => ({
  ...planned(more),
  id: UNKNOWN,
  metadata: UNKNOWN,
  status: UNKNOWN,
});

function refused(): Error {
  return Object.assign(new Error("no matches for kind"), { release: NAME });
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.then(undefined, (error: unknown) => error);

test("a chart of the repository is installed by Helm, and the state says what came of it", async () => {
  const made = await releases().apply(null, fresh());
  expect(helm.wanted).toEqual([
    { ...NAME, chart: "./charts/objects", values: ['{"objects":[]}'], timeoutSeconds: 600, maxHistory: 5 },
  ]);
  expect(made).toMatchObject({ id: "first", status: "deployed", metadata: { revision: 1, version: "1.0.0" } });
  expect(store.all()).toMatchObject([{ type: TYPE, id: "first", attributes: { status: "deployed" } }]);
});

test("a release that is changed is upgraded", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  const changed = await releases().apply(made, { ...made, values: ['{"objects":[1]}'], metadata: UNKNOWN });
  expect(changed).toMatchObject({ metadata: { revision: 2 }, values: ['{"objects":[1]}'] });
});

test("what Helm says of a release is read, whoever changed it", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  expect(await releases().read(made)).toEqual(made);
  helm.installed.set("first", { ...helm.installed.get("first")!, revision: 7, status: "failed" });
  expect(await releases().read(made)).toMatchObject({ status: "failed", metadata: { revision: 7 } });
});

test("a release of another version of the chart, or in another state, is brought back by the next apply", async () => {
  const config = planned({ version: "1.0.0" });
  const plan = (prior: Value, proposed: ValueObject): Value => resource().plan({ prior, proposed, config }).planned;
  const made = (await releases().apply(null, plan(null, fresh({ version: "1.0.0" })))) as ValueObject;
  expect(plan(made, made)).toEqual(made);
  helm.installed.set("first", { ...helm.installed.get("first")!, version: "0.9.0", status: "uninstalling" });
  const read = (await releases().read(made)) as ValueObject;
  expect(read).toMatchObject({ version: "0.9.0", status: "uninstalling" });
  expect(plan(read, { ...read, version: "1.0.0" })).toMatchObject({ version: "1.0.0", status: "deployed" });
});

test("what was upgraded while no cluster ran is known to be behind", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  const metadata = { ...(made["metadata"] as ValueObject), revision: 2 };
  expect(await releases().read({ ...made, metadata })).toMatchObject({ status: "superseded" });
});

test("a chart that is fetched is emulated, and Helm is not asked", async () => {
  const made = (await releases().apply(null, fresh({ chart: "keda", namespace: "default" }))) as ValueObject;
  helm.refusal = refused();
  expect(await releases().read(made)).toMatchObject({ id: "first", status: "deployed" });
  expect(await releases().apply(made, null)).toBeNull();
  expect(helm.wanted).toEqual([]);
});

test("a release that somebody uninstalled is forgotten in its own cluster, and in none while it is not known which that is", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  helm.installed.clear();
  expect(await releases(UNKNOWN).read(made)).toBeNull();
  expect(store.all()).toHaveLength(1);
  expect(await releases().read(made)).toBeNull();
  expect(store.all()).toEqual([]);
});

test("what Helm refuses is told in its words, and nothing of it stays", async () => {
  helm.refusal = refused();
  const error = await failure(releases().apply(null, fresh()));
  expect(error).toBeInstanceOf(Refusal);
  expect(error).toMatchObject({ summary: "no matches for kind" });
  expect(store.all()).toEqual([]);
});

test("a refused upgrade leaves what was there", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  helm.refusal = refused();
  await failure(releases().apply(made, { ...made, values: ["{}"], metadata: UNKNOWN }));
  expect(store.all()).toMatchObject([{ attributes: { values: ['{"objects":[]}'] } }]);
});

test("that the cluster does not answer is no refusal", async () => {
  helm.refusal = new Error("no answer");
  expect(await failure(releases().apply(null, fresh()))).toBe(helm.refusal);
});

test("a release is removed from both", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  expect(await releases().apply(made, null)).toBeNull();
  expect(helm.installed.size).toBe(0);
  expect(store.all()).toEqual([]);
});

test("an installation that is interrupted is in neither", async () => {
  const stopped = new Error("stopped");
  expect(await failure(releases().apply(null, fresh(), AbortSignal.abort(stopped)))).toBe(stopped);
  expect(helm.installed.size).toBe(0);
  expect(store.all()).toEqual([]);
});

test("a removal that is interrupted removes it from neither", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  const stopped = new Error("stopped");
  expect(await failure(releases().apply(made, null, AbortSignal.abort(stopped)))).toBe(stopped);
  expect(helm.installed.size).toBe(1);
  expect(store.all()).toHaveLength(1);
});

test("a release that comes to be of a fetched chart is Helm's no more", async () => {
  const made = (await releases().apply(null, fresh())) as ValueObject;
  const changed = { ...made, chart: "argocd-apps", metadata: UNKNOWN, status: UNKNOWN };
  expect(await releases().apply(made, changed)).toMatchObject({ chart: "argocd-apps", status: "deployed" });
  expect(helm.installed.size).toBe(0);
});

test("a release is imported as Helm has it, and an emulated one from the store", async () => {
  await helm.write({ ...planned(), ...NAME, chart: "./charts/objects", values: [], timeoutSeconds: 1, maxHistory: 0 });
  expect(await releases().import("argocd/first")).toMatchObject({
    ...NAME,
    id: "first",
    chart: "./charts/objects",
    version: "1.0.0",
    status: "deployed",
    metadata: { revision: 1 },
  });
  await releases().apply(null, fresh({ name: "keda", chart: "keda", namespace: "default" }));
  expect(await releases().import("default/keda")).toMatchObject({ chart: "keda" });
});

test("what a killed run installed is uninstalled with the orphans", async () => {
  await releases().apply(null, fresh());
  const sandbox = Sandbox.open({
    directory: path.join(directory, "store"),
    cacheDirectory: path.join(directory, "cache"),
    clusterOf: () => ({ releases: helm, kind: async () => undefined }) as unknown as Cluster,
  });
  expect(await sandbox.removeOrphans("dev-platform", [])).toMatchObject([{ type: TYPE, id: "first" }]);
  expect(helm.installed.size).toBe(0);
});
