import { judgeDelivery, judgeResources, judgeRoot } from "../src/judge/judge";
import { gainsRights } from "../src/rule/actions";
import { rules } from "../src/rules";
import { judgeStack } from "../src/stack-output";
import { environment } from "./broken-by";

/** What JSON may hold where a text, a list or a block is looked for; the first cannot be made a text of. */
const STRANGE: readonly unknown[] = [
  { toString: 0, valueOf: 0 },
  [{ toString: 0, valueOf: 0 }],
  { constructor: 0, __proto__: null },
  null,
  [null, 1],
  "${",
  "",
  -1,
  true,
];

/** A value with each of its parts, one after the other, replaced by something strange. */
function changed(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return STRANGE;
  const within = Object.entries(value).flatMap(([name, inner]) =>
    changed(inner).map((other) => {
      if (Array.isArray(value)) return (value as unknown[]).with(Number(name), other);
      return { ...value, [name]: other };
    }),
  );
  return [...STRANGE, ...within];
}

/** Stands for the root of a stack that has all of it. */
const ROOT = {
  terraform: {
    backend: { s3: { key: "production/orders.tfstate" } },
    encryption: { key_provider: { aws_kms: { state: { region: "eu-west-1" } } } },
    required_providers: { aws: { source: "a/b/c", version: "1.0.0" } },
    required_version: "1.11.6",
  },
  provider: { aws: [{ alias: "x" }], kubernetes: [{}] },
  resource: {
    aws_sqs_queue: { queue: { name: "orders" } },
    constructor: { it: { lifecycle: { ignore_changes: [1] } } },
  },
  data: { aws_ssm_parameter: { it: { name: "x" } }, constructor: { it: {} }, __defineGetter__: { it: {} } },
  removed: [{ from: "x" }],
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const failures: string[] = [];
const attempt = (what: string, json: unknown, judge: () => unknown): void => {
  try {
    judge();
  } catch (error) {
    failures.push(
      `${what}: ${String(error)} ${(error as Error).stack?.split("\n").slice(1, 4).join("|")} ${JSON.stringify(json)}`,
    );
  }
};
const stack = { name: "production-orders", environment };

test("no rule throws on its own examples, whichever part of them is something else", () => {
  for (const rule of rules) {
    for (const json of [...changed(rule.fails), ...changed(rule.passes)].filter(isObject)) {
      attempt(rule.id, json, () => {
        if (rule.on === "manifest") {
          const manifests = (Array.isArray(json) ? json : [json]) as object[];
          judgeDelivery([rule], { environment: "production", name: "orders", manifests }, environment);
        } else if (rule.on === "resource") judgeResources([rule], { ...stack, json: { resource: json } });
        else judgeRoot([rule], { ...stack, json: json as never });
      });
    }
  }
  expect(failures).toEqual([]);
});

test("a stack is judged whichever part of its root is something else", () => {
  for (const json of changed(ROOT).filter(isObject)) {
    attempt("stack", json, () => judgeStack({ name: "production-orders", elements: [], json: json as never }));
    attempt("rules", json, () => [
      judgeResources(rules, { ...stack, json: json as never }),
      judgeRoot(rules, { ...stack, json: json as never }),
    ]);
  }
  expect(failures).toEqual([]);
});

test("an action of many wildcards is read at once", () => {
  const started = performance.now();
  expect(gainsRights(`${"*?".repeat(50)}!`)).toBe(false);
  expect(gainsRights("s3:?utBucket*Polic?")).toBe(true);
  expect(performance.now() - started).toBeLessThan(1000);
});
