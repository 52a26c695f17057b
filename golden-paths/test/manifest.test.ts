import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { rendered } from "../src/manifests/manifest";

const budget = (maxUnavailable: unknown) =>
  new PodDisruptionBudget({ metadata: { name: "orders" }, spec: { maxUnavailable: maxUnavailable as number } });

test("a sound model is plain data", () => {
  expect(rendered(budget(1), "dev-orders/api")).toMatchObject({
    kind: "PodDisruptionBudget",
    spec: { maxUnavailable: 1 },
  });
});

test("fails with PVD1028 on what the kind's schema refuses, naming the object and the field", () => {
  expect(() => rendered(budget([1]), "dev-orders/api")).toThrow(
    /^PVD1028 dev-orders\/api: got PodDisruptionBudget orders: .*maxUnavailable.*want what the policy\/v1 schema accepts/,
  );
});
