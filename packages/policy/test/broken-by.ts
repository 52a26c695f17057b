import { judgeDelivery, judgeResources, judgeRoot } from "../src/judge/judge";
import type { Attributes, Rule } from "../src/rule/rule";
import { rules } from "../src/rules";
import { environmentEntry } from "./environment-entry";

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
