import { planChange, type PlanRules } from "../src/plan/plan-change";
import { completeBlock } from "../src/plan/complete";
import type { AttributeSchema, BlockSchema, NestedBlock, ValueType } from "../src/schema/model";
import { Unknown, UNKNOWN, type Value, type ValueObject } from "../src/values/value";

const optional = (name: string, type: ValueType = "string"): AttributeSchema => ({
  name,
  type,
  required: false,
  optional: true,
  computed: false,
});
const computed = (name: string, type: ValueType = "string"): AttributeSchema => ({
  name,
  type,
  required: false,
  optional: false,
  computed: true,
});
const either = (name: string, type: ValueType = "string"): AttributeSchema => ({
  name,
  type,
  required: false,
  optional: true,
  computed: true,
});
const blocks = (nesting: NestedBlock["nesting"], name: string, ...attributes: AttributeSchema[]): NestedBlock => ({
  name,
  nesting,
  min: 0,
  max: 0,
  block: { attributes, blocks: [] },
});

const plan = (block: BlockSchema, prior: Value, proposed: Value, rules: PlanRules = {}, config: Value = proposed) =>
  planChange(block, { prior, proposed, config }, rules);

describe("creating", () => {
  const block = { attributes: [optional("name"), computed("id"), either("zone")], blocks: [] };

  test("what is computed becomes unknown, what is configured stays", () => {
    expect(plan(block, null, { name: "a", id: null, zone: null }).planned).toEqual({
      name: "a",
      id: UNKNOWN,
      zone: UNKNOWN,
    });
    expect(plan(block, null, { name: "a", id: null, zone: "z" }).planned).toEqual({
      name: "a",
      id: UNKNOWN,
      zone: "z",
    });
  });

  test("unknown configuration stays the same unknown, refinement and all", () => {
    const refined = new Unknown(Uint8Array.of(1));
    expect((plan(block, null, { name: refined, id: null, zone: null }).planned as ValueObject)["name"]).toBe(refined);
  });

  test("replaces nothing", () => {
    expect(plan(block, null, { name: "a", id: null, zone: null }, { replaceOn: ["name"] }).replace).toEqual([]);
  });

  test("destroying plans null", () => {
    expect(plan(block, { name: "a", id: "1", zone: "z" }, null)).toEqual({ planned: null, replace: [], legacy: false });
  });

  test("write-only attributes are never planned", () => {
    const secret = { attributes: [{ ...optional("value_wo"), writeOnly: true }], blocks: [] };
    expect(plan(secret, null, { value_wo: "s" }).planned).toEqual({ value_wo: null });
  });
});

describe("defaults", () => {
  const block = {
    attributes: [optional("kind"), either("size", "number")],
    blocks: [blocks("list", "net", either("family"))],
  };
  const rules = { defaults: { kind: "plain", size: 1, "net.family": "ipv4" } };

  test("fill what nobody set; only those on plain attributes need the legacy mark", () => {
    const all = plan(block, null, { kind: null, size: null, net: [{ family: null }, { family: "ipv6" }] }, rules);
    expect(all).toEqual({
      planned: { kind: "plain", size: 1, net: [{ family: "ipv4" }, { family: "ipv6" }] },
      replace: [],
      legacy: true,
    });
    expect(plan(block, null, { kind: "own", size: null, net: [] }, rules).legacy).toBe(false);
  });

  test("do not undo what was applied", () => {
    const prior = { kind: "plain", size: 5, net: [] };
    expect(plan(block, prior, prior, rules, { kind: null, size: null, net: [] }).planned).toEqual(prior);
  });

  test("do not replace unknown configuration", () => {
    const unknown = new Unknown();
    expect((plan(block, null, { kind: unknown, size: 1, net: [] }, rules).planned as ValueObject)["kind"]).toBe(
      unknown,
    );
  });
});

describe("updating", () => {
  const block = {
    attributes: [optional("name"), computed("id"), computed("version", "number"), optional("tags", ["map", "string"])],
    blocks: [
      blocks("list", "item", optional("value"), computed("uid")),
      blocks("set", "rule", optional("port", "number"), computed("key")),
    ],
  };
  const prior = {
    name: "a",
    id: "1",
    version: 1,
    tags: null,
    item: [{ value: "x", uid: "u1" }],
    rule: [
      { port: 1, key: "k1" },
      { port: 2, key: "k2" },
    ],
  };

  test("an unchanged proposal is planned as it is", () => {
    expect(plan(block, prior, { ...prior }, { recompute: { version: ["*"] } })).toEqual({
      planned: prior,
      replace: [],
      legacy: false,
    });
  });

  test("sets in another order are unchanged", () => {
    const { planned } = plan(
      block,
      prior,
      { ...prior, rule: prior.rule.toReversed() },
      { recompute: { version: ["*"] } },
    );
    expect((planned as ValueObject)["version"]).toBe(1);
  });

  test("new blocks get unknown values, old ones keep theirs", () => {
    const proposed = {
      ...prior,
      item: [...prior.item, { value: "y", uid: null }],
      rule: [prior.rule[1]!, { port: 3, key: null }],
    };
    expect(plan(block, prior, proposed).planned).toMatchObject({
      item: [
        { value: "x", uid: "u1" },
        { value: "y", uid: UNKNOWN },
      ],
      rule: [
        { port: 2, key: "k2" },
        { port: 3, key: UNKNOWN },
      ],
    });
  });

  test("recomputes what depends on a change, and nothing on another", () => {
    const rules = { recompute: { version: ["name"] } };
    const config = { name: "b", id: null, version: null };
    expect(plan(block, prior, { ...prior, name: "b" }, rules, config).planned).toMatchObject({
      id: "1",
      version: UNKNOWN,
    });
    expect(plan(block, prior, { ...prior, tags: { a: "b" } }, rules, config).planned).toMatchObject({
      id: "1",
      version: 1,
    });
    const own = { ...config, version: 1 };
    expect(plan(block, prior, { ...prior, name: "b" }, rules, own).planned).toMatchObject({ id: "1", version: 1 });
  });

  test("replaces on the paths that say so, with the path of the value", () => {
    const rules = { replaceOn: ["name", "item.value", "rule"] };
    expect(plan(block, prior, { ...prior, name: "b" }, rules).replace).toEqual([["name"]]);
    expect(plan(block, prior, { ...prior, item: [{ value: "y", uid: "u1" }] }, rules).replace).toEqual([
      ["item", 0, "value"],
    ]);
    expect(plan(block, prior, { ...prior, rule: [] }, rules).replace).toEqual([["rule"]]);
    expect(plan(block, prior, { ...prior, item: [] }, rules).replace).toEqual([["item"]]);
  });

  test("an unknown value might differ, so it replaces", () => {
    expect(plan(block, prior, { ...prior, name: new Unknown() }, { replaceOn: ["name"] }).replace).toEqual([["name"]]);
  });

  test("planned attributes follow the plan, unless they are configured", () => {
    const rules: PlanRules = { planned: ({ name }) => ({ id: `id of ${String(name)}` }) };
    expect(plan(block, prior, { ...prior, id: null }, rules).planned).toMatchObject({ id: "id of a" });
    expect(plan(block, prior, { ...prior, id: "own" }, rules).planned).toMatchObject({ id: "own" });
  });
});

describe("nested attributes", () => {
  const nested = { nesting: "list" as const, attributes: [optional("name"), either("type")] };
  const block = {
    attributes: [{ ...optional("set", ["list", ["object", { name: "string", type: "string" }]]), nested }],
    blocks: [],
  };

  test("are planned like blocks, and defaults reach them", () => {
    expect(plan(block, null, { set: [{ name: "a", type: null }] }).planned).toEqual({
      set: [{ name: "a", type: UNKNOWN }],
    });
    const rules = { defaults: { "set.type": "" } };
    expect(plan(block, null, { set: [{ name: "a", type: null }] }, rules)).toEqual({
      planned: { set: [{ name: "a", type: "" }] },
      replace: [],
      legacy: false,
    });
    expect(plan(block, null, { set: null }, rules).planned).toEqual({ set: null });
  });
});

describe("completing", () => {
  const object: ValueType = ["object", { data: "string", more: "string" }];
  const block = {
    attributes: [optional("name"), computed("id"), computed("list", ["list", object]), computed("left")],
    blocks: [blocks("list", "item", optional("value"), computed("uid"))],
  };
  const planned = {
    name: "a",
    id: UNKNOWN,
    list: UNKNOWN,
    left: UNKNOWN,
    item: [
      { value: "x", uid: UNKNOWN },
      { value: "y", uid: "kept" },
    ],
  };

  test("takes what is known, invents the rest, and never changes what was planned", () => {
    const known = { name: "ignored", id: "1", list: [{ data: "d" }], item: [{ uid: "u1" }, { uid: "ignored" }] };
    expect(completeBlock(block, planned, known, ({ name }) => `made up ${name}`)).toEqual({
      name: "a",
      id: "1",
      list: [{ data: "d", more: null }],
      left: "made up left",
      item: [
        { value: "x", uid: "u1" },
        { value: "y", uid: "kept" },
      ],
    });
  });

  test("unknown items inside known collections become null", () => {
    const tags = { attributes: [optional("tags", ["map", "string"])], blocks: [] };
    expect(completeBlock(tags, { tags: { a: UNKNOWN, b: "c" } }, undefined, () => null)).toEqual({
      tags: { a: null, b: "c" },
    });
  });
});
