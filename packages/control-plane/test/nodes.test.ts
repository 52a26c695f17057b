import { countFor, FEWEST_NODES, simulatedNodes } from "../src/objects/nodes";

const names = (count: number): readonly string[] =>
  simulatedNodes("dev", "eu-west-1", count).map(({ metadata }) => metadata.name);

test("nodes go round the zones, one more in each with every round", () => {
  expect(names(FEWEST_NODES)).toEqual(["paved-dev-a", "paved-dev-b", "paved-dev-c"]);
  expect(names(5).slice(3)).toEqual(["paved-dev-a-2", "paved-dev-b-2"]);
});

test.each([3, 4, 5, 12, 100])("that there were %d of them is known also when one is missed", (count) => {
  const [, ...missed] = names(count);
  expect([countFor(names(count)), countFor(missed), countFor([])]).toEqual([count, count, 0]);
});
