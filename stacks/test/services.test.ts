import { defineService } from "@paved/golden-paths";
import type { ServiceMetadata } from "@paved/model";
import { checkServices, loadServices } from "../src";

const about = (name: string): ServiceMetadata => ({
  name,
  owner: "commerce",
  tier: 2,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com",
});
const file = (name: string, metadata: Partial<ServiceMetadata> = about(name)) => ({
  file: `stacks/services/${name}.ts`,
  exported: { default: defineService(metadata as ServiceMetadata, () => undefined) },
});

test("each file in stacks/services is a service", () => {
  const services = loadServices();
  expect(services.length).toBeGreaterThanOrEqual(6);
  expect(services.map((service) => service.file)).toEqual(
    services.map(({ definition }) => `stacks/services/${definition.metadata.name}.ts`),
  );
});

test("the fleet has at least three teams", () => {
  expect(new Set(loadServices().map(({ definition }) => definition.metadata.owner)).size).toBeGreaterThanOrEqual(3);
});

test("fails with PVD1004 on a second service of the same name, naming both files", () => {
  expect(() => checkServices([file("orders"), file("orders-copy", about("orders"))])).toThrow(
    /^PVD1004 stacks\/services\/orders-copy.ts: got the service name "orders", which stacks\/services\/orders.ts has/,
  );
});

test("fails with PVD1005 on a service without an owner", () => {
  const { owner: _owner, ...rest } = about("orders");
  expect(() => checkServices([file("orders", rest)])).toThrow(
    /^PVD1005 stacks\/services\/orders.ts owner: got nothing/,
  );
});

test("a service without an owner does not pass the type checker", () => {
  const { owner: _owner, ...rest } = about("orders");
  // @ts-expect-error: owner is required
  defineService(rest, () => undefined);
  expect(rest).not.toHaveProperty("owner");
});

test.each([{}, { default: {} }, { default: { metadata: about("orders") } }])(
  "fails with PVD1005 on a file that exports %p",
  (exported) => {
    expect(() => checkServices([{ file: "stacks/services/orders.ts", exported }])).toThrow(
      /^PVD1005 .*got no service as the default export/,
    );
  },
);

test("all wrong files are named at once", () => {
  expect(() =>
    checkServices([
      { file: "a.ts", exported: {} },
      { file: "b.ts", exported: {} },
    ]),
  ).toThrow(/a\.ts[\s\S]*b\.ts/);
});
