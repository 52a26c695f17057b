import fc from "fast-check";
import { order } from "../src";

const graphs = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 12 })
  .chain((names) =>
    fc.tuple(fc.constant(names), fc.array(fc.subarray(names), { minLength: names.length, maxLength: names.length })),
  )
  .map(([names, edges]) => new Map(names.map((name, index) => [name, edges[index] ?? []])));

test("what is depended on comes first", () => {
  expect(
    order(
      new Map([
        ["orders", ["cluster"]],
        ["cluster", ["network"]],
        ["network", []],
      ]),
    ),
  ).toEqual({ sorted: ["network", "cluster", "orders"] });
});

test("names that wait for nothing keep their order", () => {
  expect(
    order(
      new Map([
        ["b", []],
        ["a", []],
      ]),
    ),
  ).toEqual({ sorted: ["b", "a"] });
});

test("a circle is shown from start to start", () => {
  expect(
    order(
      new Map([
        ["x", ["a"]],
        ["a", ["b"]],
        ["b", ["a"]],
      ]),
    ),
  ).toEqual({ circle: ["a", "b", "a"] });
});

test("every graph is either sorted rightly or has the circle that is shown", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const ordering = order(graph);
      if ("sorted" in ordering) {
        expect(ordering.sorted.toSorted()).toEqual([...graph.keys()].toSorted());
        for (const [name, dependencies] of graph) {
          for (const dependency of dependencies)
            expect(ordering.sorted.indexOf(dependency)).toBeLessThan(ordering.sorted.indexOf(name));
        }
      } else {
        expect(ordering.circle.at(0)).toBe(ordering.circle.at(-1));
        ordering.circle
          .slice(1)
          .forEach((dependency, index) => expect(graph.get(ordering.circle[index] ?? "")).toContain(dependency));
      }
    }),
  );
});

test("a layered graph with a million paths takes no longer than its edges", () => {
  const layers = Array.from({ length: 20 }, (_, layer) =>
    Array.from({ length: 10 }, (_, index) => `${layer}-${index}`),
  );
  const graph = new Map(
    layers.flatMap((layer, depth) => layer.map((name) => [name, layers[depth - 1] ?? []] as const)),
  );
  const ordering = order(graph);
  expect("sorted" in ordering && ordering.sorted.length).toBe(200);
});
