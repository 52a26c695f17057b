import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { behaviourOf } from "../src/behaviours/registry";
import type { Cluster, ClusterObject } from "../src/cluster/cluster";
import { resourceSchema } from "../src/schema/catalogue";
import { blockType } from "../src/schema/model";
import { LiveResource } from "../src/serve/live-resource";
import { ProviderPlace } from "../src/serve/place";
import { Resource } from "../src/serve/resource";
import { ObjectStore } from "../src/store/object-store";
import { conformValue } from "../src/values/codec";
import { UNKNOWN, type Value, type ValueObject } from "../src/values/value";

const TYPE = "kubernetes_config_map_v1";
const text = { form: "text" } as const;
const texts = { form: "map", element: text } as const;
const metadata = { form: "object", fields: { name: text, namespace: text } } as const;
const kind = { apiVersion: "v1", kind: "ConfigMap", fields: { metadata, data: texts }, renamed: {}, isAdopted: false };

/** A cluster without an object, which takes whatever is written. */
const empty = {
  read: async () => undefined,
  write: async (object: ClusterObject) => object,
} as unknown as Cluster;

const directory = mkdtempSync(path.join(os.tmpdir(), "paved-live-"));
const store = new ObjectStore(directory);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function configMaps(stack: string, host: Value): LiveResource {
  const place = new ProviderPlace("kubernetes", stack, { host });
  const resource = new Resource(TYPE, resourceSchema(TYPE), behaviourOf(TYPE), store, place);
  return new LiveResource(resource, kind, empty, behaviourOf(TYPE));
}

const facts = (id: Value): ValueObject =>
  conformValue(blockType(resourceSchema(TYPE)), {
    id,
    metadata: [{ name: "facts", namespace: "by-hand" }],
    data: { host: "db" },
  }) as ValueObject;

test("an object is made in a namespace that no stack has made: the cluster says which there are", async () => {
  const made = await configMaps("dev-orders", "https://dev.example.com").apply(null, facts(UNKNOWN));
  expect(made).toMatchObject({ id: "by-hand/facts" });
});

test("what is gone is forgotten in its own cluster, and in none while it is not known which that is", async () => {
  await configMaps("staging-orders", "https://staging.example.com").apply(null, facts(UNKNOWN));
  const stacks = (): string[] => store.all().map(({ stack }) => stack);
  expect(await configMaps("dev-orders", UNKNOWN).read(facts("by-hand/facts"))).toBeNull();
  expect(stacks()).toEqual(["dev-orders", "staging-orders"]);
  expect(await configMaps("dev-orders", "https://dev.example.com").read(facts("by-hand/facts"))).toBeNull();
  expect(stacks()).toEqual(["staging-orders"]);
});
