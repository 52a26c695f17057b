import fc from "fast-check";
import { changesBetween } from "../src";

const path = fc
  .tuple(fc.constantFrom("orders", "payments", "platform", "_argocd"), fc.constantFrom("a", "b", "c"))
  .map(([unit, name]) => `${unit}/${name}.yaml`);
const listing = fc.array(fc.tuple(path, fc.constantFrom("1", "2"))).map((entries) => new Map(entries));

test("no unit changes when and only when both are the same", () => {
  fc.assert(
    fc.property(listing, listing, (before, after) => {
      const same = before.size === after.size && [...before].every(([file, id]) => after.get(file) === id);
      expect(changesBetween(before, after).units.length === 0).toBe(same);
      expect(changesBetween(before, before).units).toEqual([]);
    }),
  );
});

test("what is added one way round is removed the other way round", () => {
  fc.assert(
    fc.property(listing, listing, (before, after) => {
      const back = changesBetween(after, before).units.map(({ unit, manifests: { added, changed, removed } }) => ({
        unit,
        manifests: { added: removed, changed, removed: added },
      }));
      expect(back).toEqual(changesBetween(before, after).units.map(({ unit, manifests }) => ({ unit, manifests })));
    }),
  );
});

test("the platform's folders and files beside them are no services", () => {
  const after = new Map(["orders/a", "platform/a", "_argocd/a", "README.md"].map((file) => [file, "1"]));
  const { units, services } = changesBetween(new Map(), after);
  expect(services).toEqual({ before: 0, after: 1, all: 1 });
  expect(units.filter(({ isService }) => isService).map(({ unit }) => unit)).toEqual(["orders"]);
  expect(units.map(({ unit }) => unit)).toEqual([".", "_argocd", "orders", "platform"]);
});
