import type { FleetIndex, StackEntry } from "@paved/model";
import { schedule } from "../src/run/schedule";
import { select, withDependencies } from "../src/workspace/select";

function stack(name: string, dependsOn: readonly string[] = [], service?: string): StackEntry {
  const environment = name.split("-")[0]!;
  return { name, environment, dependsOn, service, elements: {}, notes: [] } as unknown as StackEntry;
}

const STACKS = [
  stack("dev-orders", ["dev-cluster"], "orders"),
  stack("dev-cluster", ["dev-network"]),
  stack("dev-network"),
  stack("staging-network"),
];

const INDEX = {
  environments: [{ name: "dev" }, { name: "staging" }],
  services: [{ name: "orders" }],
} as unknown as FleetIndex;

const names = (stacks: readonly StackEntry[]): string[] => stacks.map(({ name }) => name);

describe("a selection", () => {
  test("is every stack after what it depends on when nothing is chosen", () => {
    expect(names(select(INDEX, STACKS, {}))).toEqual(["dev-network", "dev-cluster", "dev-orders", "staging-network"]);
  });

  test("of an environment has all its stacks, of a service only the service's", () => {
    expect(names(select(INDEX, STACKS, { environments: ["staging"] }))).toEqual(["staging-network"]);
    expect(names(select(INDEX, STACKS, { environments: ["dev"], services: ["orders"] }))).toEqual(["dev-orders"]);
  });

  test("with what it stands on has the whole way down", () => {
    expect(names(withDependencies(STACKS, [STACKS[0]!]))).toEqual(["dev-network", "dev-cluster", "dev-orders"]);
  });

  test("fails with PVD1001 and PVD4001, both at once, with the nearest name", () => {
    expect(() => select(INDEX, STACKS, { environments: ["stagin"], services: ["order"] })).toThrow(
      "PVD1001 --env: got stagin, want an environment; did you mean staging?\n" +
        "PVD4001 --service: got order, want a service; did you mean orders?",
    );
  });

  test("fails with PVD1010 when stacks wait for each other in a circle", () => {
    const circle = [stack("dev-a", ["dev-b"]), stack("dev-b", ["dev-a"])];
    expect(() => select(INDEX, circle, {})).toThrow(/^PVD1010 dev-a: got dev-a -> dev-b -> dev-a/);
  });
});

describe("the schedule", () => {
  async function runAll(stacks: readonly StackEntry[], concurrency: number, failing: readonly string[] = []) {
    const order: string[] = [];
    let running = 0;
    let most = 0;
    const results = await schedule(stacks, {
      after: ({ dependsOn }) => dependsOn,
      concurrency,
      isSuccess: (result) => result === "ok",
      skip: (_, waitsFor) => `waits for ${waitsFor.join(", ")}`,
      run: async ({ name }) => {
        most = Math.max(most, ++running);
        order.push(name);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return failing.includes(name) ? "failed" : "ok";
      },
    });
    return { order, most, results: Object.fromEntries(results) };
  }

  test("keeps the order of dependencies and never runs more than asked for", async () => {
    const { order, most } = await runAll(STACKS, 2);
    expect(order.indexOf("dev-network")).toBeLessThan(order.indexOf("dev-cluster"));
    expect(order.indexOf("dev-cluster")).toBeLessThan(order.indexOf("dev-orders"));
    expect(most).toBe(2);
  });

  test("a failure stops what depends on it, however far, and nothing else", async () => {
    const { order, results } = await runAll(STACKS, 2, ["dev-network"]);
    expect(order.toSorted()).toEqual(["dev-network", "staging-network"]);
    expect(results).toEqual({
      "dev-network": "failed",
      "dev-cluster": "waits for dev-network",
      "dev-orders": "waits for dev-cluster",
      "staging-network": "ok",
    });
  });

  test("what a node throws is thrown once all that runs has ended", async () => {
    const ended: string[] = [];
    const broken = schedule([stack("dev-a"), stack("dev-b")], {
      after: () => [],
      concurrency: 2,
      isSuccess: () => true,
      skip: () => "skipped",
      run: async ({ name }) => {
        if (name === "dev-a") throw new Error("a fault");
        await new Promise((resolve) => setTimeout(resolve, 20));
        ended.push(name);
        return name;
      },
    });
    await expect(broken).rejects.toThrow("a fault");
    expect(ended).toEqual(["dev-b"]);
  });
});
