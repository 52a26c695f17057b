import { behaviourOf } from "../src/behaviours/registry";
import { Instance } from "../src/behaviours/instance";
import { resourceSchema } from "../src/schema/catalogue";
import { typeAt } from "../src/values/schema-path";
import { hasUnknown } from "../src/values/value";
import { Cloud } from "./cloud";
import { giveMore } from "./given";
import { landscape } from "./landscape";
import { PROMISES } from "./promises";

describe.each(Object.entries(PROMISES))("%s", (type, promise) => {
  const cloud = new Cloud();
  const world = landscape(cloud);
  giveMore(cloud, world);
  const config = promise.config(world);
  const created = cloud.create(type, config);
  afterAll(() => cloud.close());

  test("has the real id and ARN formats, and leaves nothing unknown", () => {
    expect(created.id).toMatch(promise.id);
    expect(created.text("arn") ?? "").toMatch(promise.arn ?? /^$/);
    expect(hasUnknown(created.values)).toBe(false);
  });

  test("a second plan changes nothing", () => {
    const { planned, replace } = cloud.plan(type, created, config);
    expect(planned).toEqual(created.values);
    expect(replace).toEqual([]);
    expect(cloud.read(type, created)).toEqual(created.values);
  });

  test("computes only what the schema has", () => {
    const place = { stack: "s", account: "111122223333", region: "eu-west-1", host: "default", scope: "none" };
    const computed = behaviourOf(type).computed?.(new Instance(type, created.values, place, () => [], "seed")) ?? {};
    expect(Object.keys(computed).filter((name) => typeAt(resourceSchema(type), name) === undefined)).toEqual([]);
  });

  test("another one is refused where its name is taken", () => {
    const again = (): unknown => cloud.create(type, config, { stack: "other" });
    if (promise.taken === undefined) expect(again).not.toThrow();
    else expect(cloud.refused(again).path).toEqual(promise.taken);
  });

  test("is refused when what it names does not exist, and says what to do", () => {
    const [attribute, value] = promise.missing ?? [];
    if (attribute === undefined) return expect(promise.missing).toBeUndefined();
    const fresh = { ...config, [attribute]: value };
    const { path, detail } = cloud.refused(() => cloud.create(type, fresh, { stack: "other" }));
    expect(path[0]).toBe(attribute);
    expect(detail).toMatch(/\w+ .*\.$/);
  });

  test("is replaced when what cannot change does", () => {
    const [attribute, value] = promise.replaces ?? [];
    if (attribute === undefined) return expect(promise.replaces).toBeUndefined();
    const { replace } = cloud.plan(type, created, { ...config, [attribute]: value });
    expect(replace.map(([first]) => first)).toContain(attribute);
  });

  test("can be destroyed", () => {
    const before = cloud.store.all().filter((object) => object.type === type).length;
    cloud.destroy(type, created);
    expect(cloud.read(type, created)).toBeNull();
    expect(cloud.store.all().filter((object) => object.type === type)).toHaveLength(before - 1);
  });
});
