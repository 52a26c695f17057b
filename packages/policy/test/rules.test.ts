import fc from "fast-check";
import { judgeDelivery, judgeResources, judgeRoot } from "../src/judge/judge";
import type { Rule } from "../src/rule/rule";
import { rules } from "../src/rules";
import { brokenBy, environment } from "./broken-by";

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test(`fails ${id}`, () => {
    expect(brokenBy(rule.fails, rule.on)).toContain(id);
  });

  test(`passes ${id}`, () => {
    expect(brokenBy(rule.passes, rule.on)).not.toContain(id);
  });
});

test("every rule has an id of its own", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

test.each(rules.map((rule) => [rule.id, rule] as const))("%s says all that its page needs", (_, rule) => {
  for (const text of [rule.title, rule.source, rule.why, rule.want, rule.fix]) expect(text).toMatch(/\S{3}/);
  expect(rule.id).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*-\d{3}$|^HELM-\d{3}$/);
  expect(rule.title).not.toMatch(/\.$/);
});

test.each([
  ["every namespace", { from: "All" }],
  ["a selector that selects all", { from: "Selector", selector: {} }],
  ["no selector", { from: "Selector" }],
])("fails K8S-NET-006 with a listener that takes routes of %s", (_, namespaces) => {
  const listener = { name: "https", protocol: "HTTPS", hostname: "shop.example.com", allowedRoutes: { namespaces } };
  const gateway = { kind: "Gateway", metadata: { name: "public" }, spec: { listeners: [listener] } };
  expect(brokenBy([gateway])).toContain("K8S-NET-006");
});

test.each(["auth", "auth.anonymous", "auth.basic", "auth.generic_oauth"])(
  "fails HELM-005 when Grafana is not told of %s",
  (section) => {
    const kept = rules.find(({ id }) => id === "HELM-005")!.passes;
    expect(brokenBy(JSON.parse(JSON.stringify(kept).replace(section, "else")) as Rule["fails"])).toContain("HELM-005");
  },
);

test.each([
  ["a service account that says nothing", "kubernetes_service_account_v1", {}],
  ["a default service account that says nothing", "kubernetes_default_service_account_v1", {}],
  [
    "a default service account with its token",
    "kubernetes_default_service_account",
    { automount_service_account_token: true },
  ],
])("fails K8S-NS-004 with %s", (_what, type, attributes) => {
  expect(brokenBy({ [type]: { account: attributes } })).toContain("K8S-NS-004");
});

test.each([
  ["no default service account", []],
  [
    "one of another namespace",
    [{ metadata: { name: "default", namespace: "orders" }, automountServiceAccountToken: false }],
  ],
  ["one that gives its token", [{ metadata: { name: "default", namespace: "gateway" } }]],
])("fails K8S-DLV-004 with %s", (_what, accounts) => {
  const [namespace] = rules.find(({ id }) => id === "K8S-DLV-004")!.passes as readonly object[];
  expect(brokenBy([namespace!, ...accounts.map((each) => ({ kind: "ServiceAccount", ...each }))])).toContain(
    "K8S-DLV-004",
  );
});

/** Attributes that rules look into. */
const NAMES =
  "access_config ingress egress subnet_ids network_interfaces user_data configuration_values insecure_value".split(" ");

test("no rule throws, whatever the root of a stack holds", () => {
  const sections = ["terraform", "provider", "resource", "data"];
  const root = fc.dictionary(
    fc.constantFrom(...sections),
    fc.object({ key: fc.constantFrom("backend", "s3", "aws", "helm", "x") }),
  );
  fc.assert(
    fc.property(fc.oneof(root, fc.dictionary(fc.constantFrom(...sections), fc.anything())), (json) => {
      expect(() => judgeRoot(rules, { name: "production-orders", environment, json })).not.toThrow();
    }),
  );
});

test.each(["HELM-004", "HELM-005"])("fails %s when the monitoring stack is told nothing", (id) => {
  expect(brokenBy({ helm_release: { monitoring: { chart: "kube-prometheus-stack" } } })).toContain(id);
});

test("no rule throws, whatever the attributes hold", () => {
  const strange = [null, 0, "", "${", [], {}, [null], { Statement: 1 }, '{"Statement":[{"Principal":null}]}'];
  for (const rule of rules) {
    for (const kind of rule.judges) {
      const name = kind.replace("*", "x");
      for (const value of strange) {
        const keys = [...NAMES, "policy", "spec", "metadata", "rule", "data", "name", "values", "lifecycle"];
        const attributes = Object.fromEntries(keys.map((key) => [key, value]));
        expect(() =>
          judgeResources([rule], { name: "x", environment, json: { resource: { [name]: { x: attributes } } } }),
        ).not.toThrow();
        expect(() =>
          judgeDelivery(
            [rule],
            { environment: "production", name: "x", manifests: [{ kind: name, ...attributes }] },
            environment,
          ),
        ).not.toThrow();
      }
    }
  }
});
