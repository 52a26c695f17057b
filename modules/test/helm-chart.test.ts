import * as fc from "fast-check";
import { type HelmChart, HelmChart as Chart, type HelmValue, renderValues } from "../src";
import { client } from "./support/client";
import { dev, production, synthIn } from "./support/stacks";

const minimal = synthIn(
  dev,
  (stack) => void new Chart(stack, "chart", { chart: "metrics-server", namespace: "metrics", values: {} }),
);

test("snapshot: minimal", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, everything set", () => {
  const full = synthIn(production, (stack) => {
    const first = new Chart(stack, "first", { chart: "metrics-server", namespace: "metrics", values: {} });
    new Chart(stack, "second", {
      chart: "argo-cd",
      namespace: "argocd",
      values: { role: client(stack, "argo").identity.roleArn, nested: { b: 1, a: [true, null, "${path.root}"] } },
      timeoutMinutes: 20,
      after: [first.release],
    });
  });
  expect(full.summary()).toMatchSnapshot();
});

test("installs exactly the pinned version, waits for it, and takes it back when it does not get ready", () => {
  expect(minimal.only("helm_release")).toMatchObject({
    version: "3.13.1",
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    wait: true,
    atomic: true,
    cleanup_on_fail: true,
    create_namespace: false,
    timeout: 600,
  });
});

test("says what it installed", () => {
  const made: HelmChart[] = [];
  synthIn(dev, (stack) => {
    made.push(new Chart(stack, "chart", { chart: "argo-cd", namespace: "argocd", values: {} }));
  });
  expect(made[0]).toMatchObject({ name: "argo-cd", namespace: "argocd", version: "10.1.1" });
});

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const tree = fc.letrec<{ value: HelmValue }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("value")), fc.dictionary(fc.string(), tie("value"))),
})).value;
const values = fc.dictionary(fc.string(), tree, { noNullPrototype: true });

function shuffled(value: HelmValue): HelmValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(shuffled);
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner as HelmValue)]);
  return Object.fromEntries(entries.toReversed()) as HelmValue;
}

test("the order in which values were written does not show", () => {
  fc.assert(
    fc.property(values, (some) => {
      expect(renderValues(shuffled(some) as Record<string, HelmValue>)).toBe(renderValues(some));
    }),
  );
});

test("no value is an expression, whatever it says", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const rendered = renderValues({ [`\${${text}`]: `%{${text}` });
      expect(rendered.replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
    }),
  );
});
