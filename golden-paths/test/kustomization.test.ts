import { deliveryFolder, platformKustomization, serviceKustomization } from "../src";
import { dev, orders, production } from "./service-fixture";

test("snapshot: a service's Kustomization, in dev", () => {
  expect(serviceKustomization(dev, orders)).toMatchSnapshot();
});

test("snapshot: the platform's Kustomization, in production", () => {
  expect(platformKustomization(production)).toMatchSnapshot();
});

test("it applies its folder to its service's namespace, as the service's own account", () => {
  expect(serviceKustomization(production, orders)).toMatchObject({
    metadata: { namespace: "flux-system" },
    spec: {
      path: `./${deliveryFolder(production, "orders")}`,
      targetNamespace: "orders",
      serviceAccountName: "deliver-orders",
    },
  });
});

test("what is gone from Git goes, and what is applied is ready when it does what it is for", () => {
  expect(serviceKustomization(dev, orders)).toMatchObject({ spec: { prune: true, wait: true } });
});
