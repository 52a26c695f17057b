import { judgeDelivery, judgeResources, judgeRoot } from "../src/judge/judge";
import type { Attributes, Rule } from "../src/rule/rule";
import { rules } from "../src/rules";
import { environmentEntry } from "@paved/testing/src/environment-entry";

/** Where examples belong: it is protected, so that rules ask for all that they ask for anywhere. */
export const environment = environmentEntry("production");

/** Ids of the rules that an example of a rule breaks; `on` is what the rule is on. */
export function brokenBy(example: Rule["fails"], on: Rule["on"] = "resource"): readonly string[] {
  const stack = { name: "production-orders", environment };
  const verdict = Array.isArray(example)
    ? judgeDelivery(rules, { environment: "production", name: "orders", manifests: example as object[] }, environment)
    : on === "root"
      ? judgeRoot(rules, { ...stack, json: example as Attributes })
      : judgeResources(rules, { ...stack, json: { resource: example } });
  return verdict.broken.map(({ rule }) => rule);
}

/** Ids of the rules that the manifests of a unit break, in production. */
export function brokenByUnit(name: string, ...manifests: readonly object[]): readonly string[] {
  const unit = { environment: environment.name, name, manifests };
  return judgeDelivery(rules, unit, environment).broken.map(({ rule }) => rule);
}

/** Ids of the rules that the resources of a stack break, in production. */
export function brokenByStack(resources: object, name = "production-orders"): readonly string[] {
  const json = { resource: resources };
  return judgeResources(rules, { name, environment, json }).broken.map(({ rule }) => rule);
}

/** Ids of the rules that one resource breaks, in production. */
export function brokenByResource(type: string, attributes: object, stack?: string): readonly string[] {
  return brokenByStack({ [type]: { example: attributes } }, stack);
}
