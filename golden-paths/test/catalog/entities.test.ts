import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  EntityPolicies,
  entityEnvelopeSchemaValidator,
  entitySchemaValidator,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
} from "@backstage/catalog-model";
import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import type { CatalogService } from "../../src/catalog/catalog-service";
import { catalogEntities } from "../../src/catalog/entities";
import type { ComponentEntity, Entity } from "../../src/catalog/entity";
import { systems } from "../../src/catalog/system";
import { dashboard } from "../../src/observability/dashboard";
import { grafana } from "../observability/observed-fixture";

const service = {
  name: "orders",
  owner: "commerce",
  tier: 1,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com/orders",
} as const;

const minimal: CatalogService = {
  service,
  kind: "http",
  goldenPath: "node-api@1",
  environments: [{ environment: dev, released: true, resources: [] }],
  dependsOn: [],
  consumes: [],
};

const full: CatalogService = {
  ...minimal,
  service: { ...service, description: "Takes orders", system: "shop" },
  environments: [
    {
      environment: dev,
      released: true,
      url: "https://dev.paved.example.com/orders",
      resources: [
        { type: "database", name: "orders-dev" },
        { type: "image-repository", name: "commerce/orders" },
      ],
    },
    {
      environment: production,
      released: true,
      url: "https://paved.example.com/orders",
      resources: [
        { type: "database", name: "orders-production" },
        { type: "image-repository", name: "commerce/orders" },
        { type: "queue", name: "paved-production-orders" },
      ],
    },
  ],
  dependsOn: ["pricing", "payments"],
  provides: { type: "openapi", url: "https://paved.example.com/orders/openapi.json" },
  consumes: ["pricing"],
};

const site: CatalogService = {
  ...minimal,
  kind: "site",
  goldenPath: "react-frontend@1",
  environments: [
    { environment: production, released: true, resources: [{ type: "distribution", name: "shop.paved.example.com" }] },
  ],
};

const ALL: readonly (readonly [string, CatalogService])[] = [
  ["minimal", minimal],
  ["everything", full],
  ["a gRPC service", { ...full, kind: "grpc", goldenPath: "grpc-service@1", provides: { type: "grpc" } }],
  ["events", { ...full, provides: { type: "asyncapi" } }],
  ["a worker", { ...minimal, kind: "worker", goldenPath: "python-worker@1" }],
  ["a job", { ...minimal, kind: "job", goldenPath: "python-worker@1" }],
  ["a site", site],
];

const KINDS = {
  Component: componentEntityV1alpha1Validator,
  API: apiEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
};

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** What Backstage is given: its own types are not read-only. */
type Given = Parameters<typeof policy.enforce>[0];

function given(entity: Entity): Given {
  return JSON.parse(JSON.stringify(entity)) as Given;
}

function componentOf(catalogued: CatalogService): ComponentEntity {
  return catalogEntities(catalogued).find((entity) => entity.kind === "Component") as ComponentEntity;
}

describe.each(ALL)("Backstage's own checks: %s", (_name, catalogued) => {
  const entities = catalogEntities(catalogued);

  test.each(entities.map((entity) => [`${entity.kind} ${entity.metadata.name}`, entity] as const))(
    "takes %s",
    async (_ref, entity) => {
      const plain = given(entity);
      expect(() => entityEnvelopeSchemaValidator()(plain)).not.toThrow();
      expect(() => entitySchemaValidator()(plain)).not.toThrow();
      await expect(KINDS[entity.kind].check(plain)).resolves.toBe(true);
      await expect(policy.enforce(plain)).resolves.toEqual(plain);
    },
  );

  test("every reference is a full one", () => {
    const { spec } = componentOf(catalogued);
    const refs = [spec.owner, ...(spec.dependsOn ?? []), ...(spec.providesApis ?? []), ...(spec.consumesApis ?? [])];
    expect(refs.map((ref) => parseEntityRef(ref).namespace)).toEqual(refs.map(() => "default"));
  });

  test("is the same each time", () => {
    expect(catalogEntities(catalogued)).toEqual(entities);
  });
});

test("Backstage's checks refuse what is wrong", async () => {
  const wrong = given({ ...componentOf(full), metadata: { ...componentOf(full).metadata, tags: ["No Tag"] } });
  await expect(policy.enforce(wrong)).rejects.toThrow("tags.0");
});

test.each([
  ["minimal", minimal],
  ["everything", full],
])("looks as before: %s", (_name, catalogued) => {
  const entities = catalogEntities(catalogued).map(({ metadata: { links = [], ...metadata }, ...entity }) => ({
    ...entity,
    metadata,
    links: links.map(({ title }) => title),
  }));
  expect(entities).toMatchSnapshot();
});

test("is one component, however many environments there are", () => {
  expect(catalogEntities(full).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    "Component orders",
    "API orders",
    "Resource orders-database",
    "Resource orders-image-repository",
    "Resource orders-queue",
  ]);
});

test("depends on what it needs and on all it has", () => {
  expect(componentOf(full).spec.dependsOn).toEqual([
    "component:default/pricing",
    "component:default/payments",
    "resource:default/orders-database",
    "resource:default/orders-image-repository",
    "resource:default/orders-queue",
  ]);
});

test("a resource says what it is called in each environment that has it", () => {
  const annotations = (name: string) =>
    catalogEntities(full).find(({ metadata }) => metadata.name === name)?.metadata.annotations;
  expect(annotations("orders-database")).toEqual({
    "paved.dev/in-dev": "orders-dev",
    "paved.dev/in-production": "orders-production",
  });
  expect(annotations("orders-queue")).toEqual({ "paved.dev/in-production": "paved-production-orders" });
});

test("is experimental until it runs in a protected environment", () => {
  const waiting = { ...minimal, environments: [{ environment: production, released: false, resources: [] }] };
  expect(componentOf(minimal).spec.lifecycle).toBe("experimental");
  expect(componentOf(waiting).spec.lifecycle).toBe("experimental");
  expect(componentOf(full).spec.lifecycle).toBe("production");
});

test("leads to where it runs, and nowhere else", () => {
  const [first, ...environments] = full.environments;
  const waiting = { ...full, environments: [first!, { ...environments[0]!, released: false }] };
  expect(componentOf(waiting).metadata.links?.map(({ title }) => title)).toEqual([
    "Runbook",
    "Address (dev)",
    "Dashboard (dev)",
    "Logs (dev)",
    "Pods (dev)",
    "Alerts of commerce-primary (dev)",
  ]);
});

test("Backstage's Grafana plugin finds the service's dashboards by a tag that they have", () => {
  const observed = { ...minimal, where: "dev-orders/api", environment: dev, name: "orders" };
  const [, tag] = /^tags @> '(.+)'$/.exec(componentOf(minimal).metadata.annotations["grafana/dashboard-selector"]!)!;
  expect(grafana(dashboard(observed)).tags).toContain(tag);
});

test("Argo CD shows a service that it delivers to one environment at least", () => {
  const byFlux = {
    environment: { ...dev, delivery: { ...dev.delivery, by: "flux" as const } },
    released: true,
    resources: [],
  };
  const shownOf = (environments: CatalogService["environments"]): string | undefined =>
    componentOf({ ...minimal, environments }).metadata.annotations["argocd/app-name"];
  expect([shownOf([byFlux]), shownOf([byFlux, ...minimal.environments])]).toEqual([undefined, "orders"]);
});

test("a site has nothing in the cluster to show", () => {
  const { annotations, links = [] } = componentOf(site).metadata;
  expect(Object.keys(annotations).filter((key) => /kubernetes|argocd/.test(key))).toEqual([]);
  expect(links.map(({ type }) => type)).toEqual(["runbook", "dashboard", "logs", "alerts"]);
});

test.each([
  ["http", "service"],
  ["grpc", "service"],
  ["worker", "worker"],
  ["job", "job"],
  ["site", "website"],
] as const)("a service of kind %s is a %s", (kind, type) => {
  expect(componentOf({ ...minimal, kind }).spec.type).toBe(type);
});

test("an API says where its description is, in a form that Backstage can draw", () => {
  const [api] = catalogEntities(full).flatMap((entity) => (entity.kind === "API" ? [entity] : []));
  expect(JSON.parse(api?.spec.definition ?? "")).toMatchObject({
    openapi: "3.1.0",
    info: { description: "The description is served at https://paved.example.com/orders/openapi.json" },
  });
});

test("an API's own description is used as it is", () => {
  const provides = { type: "grpc", definition: 'syntax = "proto3";' } as const;
  const [api] = catalogEntities({ ...full, provides }).flatMap((entity) => (entity.kind === "API" ? [entity] : []));
  expect(api?.spec.definition).toBe(provides.definition);
});

describe("systems", () => {
  const made = systems([
    { ...service, name: "reports", tier: 3, owner: "growth", system: "shop" },
    { ...service, name: "orders", tier: 1, owner: "commerce", system: "shop" },
    { ...service, name: "pricing", tier: 1, owner: "pricing" },
  ]);

  test("snapshot: a system of two teams, and one that nobody named", () => {
    expect(made).toMatchSnapshot();
  });

  test("Backstage accepts them", async () => {
    for (const system of made) {
      const entity = JSON.parse(JSON.stringify(system)) as Given;
      expect(await policy.enforce(entity)).toEqual(entity);
      expect(await systemEntityV1alpha1Validator.check(entity)).toBe(true);
    }
  });

  test("are owned by the team of the service that most depends on", () => {
    expect(made.map(({ metadata, spec }) => [metadata.name, spec.owner])).toEqual([
      ["pricing", "group:default/pricing"],
      ["shop", "group:default/commerce"],
    ]);
  });
});
