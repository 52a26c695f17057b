import * as fs from "node:fs";
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
} from "@backstage/catalog-model";
import { parseAllDocuments } from "yaml";
import { synthesizedWorkspace } from "./throwaway-workspace";

const workspace = synthesizedWorkspace();

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
]);
const kinds = [
  componentEntityV1alpha1Validator,
  apiEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
];
const ref = ({ kind, metadata }: Entity) => `${kind.toLowerCase()}:default/${metadata.name}`;

let entities: readonly Entity[];
beforeAll(() => {
  const folder = workspace.file("cdktf.out", "catalog");
  entities = fs
    .readdirSync(folder)
    .flatMap((file) => parseAllDocuments(fs.readFileSync(`${folder}/${file}`, "utf8")))
    .map((document) => document.toJS() as Entity);
});

test("every service is in the catalog, once", () => {
  const services = fs.readdirSync(workspace.file("stacks", "services")).map((file) => file.replace(/\.ts$/, ""));
  const components = entities.filter(({ kind }) => kind === "Component").map(({ metadata }) => metadata.name);
  expect(components.toSorted()).toEqual(services.toSorted());
});

test("Backstage accepts every entity, by its own validators", async () => {
  for (const entity of entities) {
    expect(await policy.enforce(entity)).toEqual(entity);
    expect(await Promise.all(kinds.map((kind) => kind.check(entity)))).toContain(true);
  }
});

test("no two entities have one name, and whatever one refers to is there", () => {
  const known = entities.map(ref);
  expect(new Set(known).size).toBe(known.length);
  const refers = ({ spec }: Entity) =>
    ["dependsOn", "providesApis", "consumesApis", "system"].flatMap((field) => (spec?.[field] ?? []) as string[]);
  expect(entities.flatMap(refers).filter((name) => !known.includes(name))).toEqual([]);
});

test("what a service depends on is what it calls, hears from and reads", () => {
  const dependsOn = (name: string) => {
    const component = entities.find((entity) => ref(entity) === `component:default/${name}`);
    return ((component?.spec?.["dependsOn"] ?? []) as string[]).filter((each) => each.startsWith("component:"));
  };
  expect(dependsOn("orders")).toEqual(
    ["inventory", "notifications", "payments", "pricing"].map((name) => `component:default/${name}`),
  );
  expect(dependsOn("fulfilment")).toEqual(["component:default/payments"]);
  expect(dependsOn("settlement")).toEqual(["component:default/ledger"]);
});
