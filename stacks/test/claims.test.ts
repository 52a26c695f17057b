import { loadEnvironments } from "@paved/environments";
import { defineService, NodeApi, PythonWorker, ReactFrontend, type ServiceStack } from "@paved/golden-paths";
import { App } from "cdktf";
import { buildFleet } from "../src";
import { about, findingsOf } from "./service-fixture";

/** What is wrong between the services, in all environments. */
function findings(services: Readonly<Record<string, (stack: ServiceStack) => unknown>>): readonly string[] {
  const loaded = Object.entries(services).map(([name, build]) => ({
    definition: defineService(about(name), (stack) => void build(stack)),
    file: `stacks/services/${name}.ts`,
  }));
  return findingsOf(() => buildFleet(new App({ hclOutput: false }), loadEnvironments(), loaded)).map(
    ({ code, where, got, fix }) => `${code} ${where}: ${got}; ${fix}`,
  );
}

const site = (host?: string) => (stack: ServiceStack) =>
  new ReactFrontend(stack, "site", host === undefined ? {} : { host });
const api =
  (...paths: string[]) =>
  (stack: ServiceStack) => {
    const made = new NodeApi(stack, "api", { image: `commerce/${stack.service.name}`, port: 8080 });
    for (const path of paths) made.exposeAt(path);
  };

test("what each service has of its own is no claim of another's", () => {
  expect(findings({ orders: api("/orders", "/orders/v2"), payments: api("/payments"), shop: site("shop") })).toEqual(
    [],
  );
});

test("fails with PVD1025 when two services claim one path, once for all environments", () => {
  expect(findings({ orders: api("/orders"), payments: api("/orders") })).toEqual([
    'PVD1025 stacks/services/payments.ts exposeAt: "/orders", which orders has; write "/payments"',
  ]);
});

test("fails with PVD1025 when the path that two claim is called as the second of them", () => {
  expect(findings({ orders: api("/payments"), payments: api("/payments") })).toEqual([
    'PVD1025 stacks/services/payments.ts exposeAt: "/payments", which orders has; choose another',
  ]);
});

test("fails with PVD1025 when one service claims a path twice, and says that of itself", () => {
  expect(findings({ orders: api("/orders", "/orders") })).toEqual([
    'PVD1025 stacks/services/orders.ts exposeAt: "/orders" twice; remove one of them',
  ]);
});

test("fails with PVD1025 when two sites claim one host, whether said or the service's own name", () => {
  expect(findings({ shop: site(), storefront: site("shop") })).toEqual([
    'PVD1025 stacks/services/storefront.ts host: "shop", which shop has; choose another',
  ]);
});

test.each([
  ["grafana", "Grafana"],
  ["grpc", "the platform"],
  ["dev", "the environment dev"],
])(
  "fails with PVD1025 when a site claims the host %s, in whichever environment it is the platform's",
  (host, whose) => {
    expect(findings({ shop: site(host) })).toEqual([
      `PVD1025 stacks/services/shop.ts host: "${host}", which ${whose} has; choose another`,
    ]);
  },
);

test("fails with PVD1025 when two services claim one image repository", () => {
  const worker = (stack: ServiceStack) => new PythonWorker(stack, "worker", { image: "commerce/orders" });
  expect(findings({ orders: api(), mailer: worker })).toEqual([
    'PVD1025 stacks/services/mailer.ts image: "commerce/orders", which orders has; write "commerce/mailer"',
  ]);
});
