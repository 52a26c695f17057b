import { brokenByStack, brokenByUnit } from "./broken";
import { environmentEntry } from "./environment-entry";
import { judgeDelivery, judgeResources } from "../src/judge/judge";
import type { Rule } from "../src/rule/rule";
import { rules } from "../src/rules";

const environment = environmentEntry("production");

/** Ids of the rules that an example of a rule breaks. */
function brokenBy(example: Rule["fails"]): readonly string[] {
  return Array.isArray(example) ? brokenByUnit("orders", ...(example as object[])) : brokenByStack(example);
}

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test(`fails ${id}`, () => {
    expect(brokenBy(rule.fails)).toContain(id);
  });

  test(`passes ${id}`, () => {
    expect(brokenBy(rule.passes)).not.toContain(id);
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

test("no rule throws, whatever the attributes hold", () => {
  const strange = [null, 0, "", "${", [], {}, [null], { Statement: 1 }, '{"Statement":[{"Principal":null}]}'];
  for (const rule of rules) {
    for (const kind of rule.judges) {
      const name = kind.replace("*", "x");
      for (const value of strange) {
        const keys = ["policy", "spec", "metadata", "rule", "data", "name", "values", "lifecycle", "access_config"];
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
