import type { Field, Fields } from "../src/cluster/cluster";
import { fieldOf } from "../src/cluster/field-names";
import { liveKindOf } from "../src/cluster/live-kind";
import { readFields } from "../src/cluster/read";
import { refusedPath } from "../src/cluster/refused-path";
import { writtenFields } from "../src/cluster/written";
import { resourceSchema } from "../src/schema/catalogue";
import { UNKNOWN, type ValueObject } from "../src/values/value";

const text: Field = { form: "text" };
const texts: Field = { form: "map", element: text };
const object = (fields: Fields): Field => ({ form: "object", fields });
const listOf = (element: Field): Field => ({ form: "list", element });
const quantities: Field = { form: "map", element: { form: "quantity" } };
const metadata = object({
  name: text,
  namespace: text,
  labels: texts,
  annotations: texts,
  uid: text,
  resourceVersion: text,
});

const LIMITS: Fields = {
  metadata,
  spec: object({
    limits: listOf(object({ type: text, default: quantities, defaultRequest: quantities, max: quantities })),
  }),
};
const POLICY: Fields = {
  metadata,
  spec: object({
    podSelector: object({ matchLabels: texts }),
    policyTypes: listOf(text),
    egress: listOf(
      object({ ports: listOf(object({ port: { form: "number-or-text" }, protocol: text })), to: listOf(object({})) }),
    ),
    ingress: listOf(object({})),
  }),
};

const limitRange = resourceSchema("kubernetes_limit_range_v1");
const policy = resourceSchema("kubernetes_network_policy_v1");
const STEADY = { renamed: {}, steady: new Set<string>() };

/** Values as OpenTofu plans them: what nobody said is null. */
function limits(more: ValueObject = {}): ValueObject {
  const item = { type: "Container", default: { cpu: "500m" }, default_request: { cpu: "0.1" }, max: null, ...more };
  const meta = { name: "defaults", namespace: "orders", labels: null, annotations: null, uid: UNKNOWN };
  return { id: UNKNOWN, metadata: [meta], spec: [{ limit: [item] }] };
}

const known = (values: ValueObject, live: Record<string, unknown>, fields = LIMITS, block = limitRange): ValueObject =>
  readFields(block, values, live, fields, STEADY);

test.each([
  ["api_group", { apiGroup: text }, "apiGroup"],
  ["cluster_ip", { clusterIP: text }, "clusterIP"],
  ["rule", { rules: text }, "rules"],
  ["network_policy", { networkPolicies: text }, "networkPolicies"],
  ["ingress", { ingress: text, ingresses: text }, "ingress"],
  ["wait_for_rollout", { waitFor: text }, undefined],
])("%s is the field %p", (name, fields, field) => {
  expect(fieldOf(name, fields, {})).toBe(field);
});

test("what is written has the API's names, and nothing that is null, empty or not known", () => {
  expect(writtenFields(limitRange, limits(), LIMITS, {})).toEqual({
    metadata: { name: "defaults", namespace: "orders" },
    spec: { limits: [{ type: "Container", default: { cpu: "500m" }, defaultRequest: { cpu: "0.1" } }] },
  });
});

test("a block without anything in it is written, and ports are numbers where they are", () => {
  const ports = [
    { port: "53", protocol: "UDP" },
    { port: "dns", protocol: null },
  ];
  const spec = { pod_selector: [{}], policy_types: ["Egress"], egress: [{ ports, to: [] }], ingress: [] };
  expect(writtenFields(policy, { metadata: [], spec: [spec] }, POLICY, {})).toEqual({
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ ports: [{ port: 53, protocol: "UDP" }, { port: "dns" }] }],
    },
  });
});

test("what was written is read as it was written, whatever form the API server gives it", () => {
  const live = {
    metadata: { name: "defaults", namespace: "orders", uid: "1-2", labels: { "kubernetes.io/metadata.name": "x" } },
    spec: {
      limits: [{ type: "Container", default: { cpu: "500m" }, defaultRequest: { cpu: "100m" }, max: { cpu: "2" } }],
    },
  };
  const read = known(limits(), live);
  expect(read["spec"]).toMatchObject([{ limit: [{ default: { cpu: "500m" }, default_request: { cpu: "0.1" } }] }]);
  expect(read["metadata"]).toMatchObject([{ uid: "1-2", labels: null }]);
});

describe("a block that puts together fields of the one around it", () => {
  const volume = resourceSchema("kubernetes_persistent_volume_v1");
  const path = object({ path: text });
  const source = volume.blocks
    .find(({ name }) => name === "spec")!
    .block.blocks.find(({ name }) => name === "persistent_volume_source")!;
  const sources = source.block.blocks.map(({ name }) => [name.replaceAll("_", ""), path] as const);
  const fields: Fields = { spec: object({ storageClassName: text, ...Object.fromEntries(sources) }) };
  const spec = { storage_class_name: "s", persistent_volume_source: [{ nfs: [{ path: "/files" }] }] };

  test("is written into it", () => {
    expect(writtenFields(volume, { spec: [spec] }, fields, {})).toEqual({
      spec: { storageClassName: "s", nfs: { path: "/files" } },
    });
  });

  test("is read out of it, and is none when none of its fields is there", () => {
    const live = { spec: { storageClassName: "s", nfs: { path: "/other" } } };
    expect(known({ spec: [spec] }, live, fields, volume)).toMatchObject({
      spec: [{ storage_class_name: "s", persistent_volume_source: [{ nfs: [{ path: "/other" }], local: [] }] }],
    });
    expect(known({ spec: [spec] }, { spec: {} }, fields, volume)).toMatchObject({
      spec: [{ persistent_volume_source: [] }],
    });
  });

  test("is where a field is refused", () => {
    const where = ["spec", 0, "persistent_volume_source", 0, "nfs", 0, "path"];
    expect(refusedPath(volume, fields, {}, "spec.nfs.path")).toEqual(where);
    expect(refusedPath(volume, fields, {}, "spec.unknown")).toEqual(["spec", 0]);
  });
});

test("an empty text in a list is written, and what is null is not", () => {
  const role = resourceSchema("kubernetes_role_v1");
  const rules: Fields = { rules: listOf(object({ apiGroups: listOf(text) })) };
  const values = { rule: [{ api_groups: ["", null, "apps"] }] };
  expect(writtenFields(role, values, rules, {})).toEqual({ rules: [{ apiGroups: ["", "apps"] }] });
});

test("the status of a service is read as Kubernetes has it", () => {
  const service = resourceSchema("kubernetes_service_v1");
  const ingress = listOf(object({ ip: text, hostname: text }));
  const fields: Fields = { status: object({ loadBalancer: object({ ingress }) }) };
  const read = (loadBalancer: object) => known({ status: UNKNOWN }, { status: { loadBalancer } }, fields, service);
  expect(read({ ingress: [{ hostname: "lb.example.com" }] })["status"]).toEqual([
    { load_balancer: [{ ingress: [{ hostname: "lb.example.com", ip: null }] }] },
  ]);
  expect(read({})["status"]).toEqual([{ load_balancer: [{ ingress: null }] }]);
});

test("another amount is read as it is", () => {
  const live = { metadata: {}, spec: { limits: [{ type: "Container", default: { cpu: "700m" } }] } };
  expect(known(limits(), live)["spec"]).toMatchObject([{ limit: [{ default: { cpu: "700m" } }] }]);
});

test("what is no amount is read as it is, and not as the one that was written", () => {
  const live = { metadata: {}, spec: { limits: [{ type: "Container", default: { cpu: "-1" } }] } };
  expect(known(limits({ default: { cpu: "-2" } }), live)["spec"]).toMatchObject([
    { limit: [{ default: { cpu: "-1" } }] },
  ]);
});

test("labels of somebody else are read, those of Kubernetes are not", () => {
  const labels = { "pod-security.kubernetes.io/enforce": "baseline", "kubernetes.io/metadata.name": "x", team: "a" };
  const values = limits();
  values["metadata"] = [{ name: "defaults", labels: { "pod-security.kubernetes.io/enforce": "restricted" } }];
  expect(known(values, { metadata: { labels } })["metadata"]).toMatchObject([
    { labels: { "pod-security.kubernetes.io/enforce": "baseline", team: "a" } },
  ]);
});

test("an item that somebody adds, or takes away, is seen", () => {
  const one = { type: "Container", default: { cpu: "500m" } };
  const two = { type: "Pod", max: { cpu: "4" } };
  expect(known(limits(), { spec: { limits: [one, two] } })["spec"]).toMatchObject([
    { limit: [{ type: "Container" }, { type: "Pod", max: { cpu: "4" } }] },
  ]);
  expect(known(limits(), { spec: {} })["spec"]).toMatchObject([{ limit: [] }]);
});

test("nothing known, everything there is, is read", () => {
  const live = {
    metadata: { name: "defaults", namespace: "orders" },
    spec: { limits: [{ type: "Pod", max: { cpu: "4" } }] },
  };
  expect(readFields(limitRange, undefined, live, LIMITS, STEADY)).toMatchObject({
    metadata: [{ name: "defaults", namespace: "orders" }],
    spec: [{ limit: [{ type: "Pod", max: { cpu: "4" }, default: null }] }],
  });
});

test.each([
  ["spec.limits[0].defaultRequest[cpu]", ["spec", 0, "limit", 0, "default_request"]],
  ["metadata.name", ["metadata", 0, "name"]],
  ["spec.limits", ["spec", 0, "limit"]],
  ["status", []],
])("%s is at %j", (field, path) => {
  expect(refusedPath(limitRange, LIMITS, {}, field)).toEqual(path);
});

describe("which kind a type is of", () => {
  const asked: string[] = [];
  const cluster = {
    kind: async (name: string, version: string) => {
      asked.push(`${name} ${version}`);
      return undefined;
    },
  } as unknown as Parameters<typeof liveKindOf>[1];

  test.each([
    ["kubernetes_network_policy_v1", "networkpolicy v1"],
    ["kubernetes_namespace", "namespace v1"],
    ["kubernetes_horizontal_pod_autoscaler_v2beta2", "horizontalpodautoscaler v2beta2"],
    ["kubernetes_default_service_account_v1", "serviceaccount v1"],
  ])("%s is looked for as %s", async (type, want) => {
    await liveKindOf(type, cluster);
    expect(asked.at(-1)).toBe(want);
  });

  test.each(["aws_vpc", "helm_release", "kubernetes_secret_v1"])("%s stays in the sandbox's store", async (type) => {
    const before = asked.length;
    expect(await liveKindOf(type, cluster)).toBeUndefined();
    expect(asked).toHaveLength(before);
  });
});
