import { defineService } from "@paved/golden-paths";
import { Findings, type ServiceMetadata } from "@paved/model";
import { checkServices, loadServices, type ServiceFile } from "../src";
import { about } from "./service-fixture";

const file = (name: string, metadata: Partial<ServiceMetadata> = about(name)): ServiceFile => ({
  file: `stacks/services/${name}.ts`,
  load: () => ({ default: defineService(metadata as ServiceMetadata, () => undefined) }),
});

function check(...files: readonly ServiceFile[]): readonly string[] {
  const findings = new Findings();
  const services = checkServices(files, findings);
  findings.throwIfAny();
  return services.map((service) => service.file);
}

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
  expect(() => check(file("orders"), file("orders-copy", about("orders")))).toThrow(
    /^PVD1004 stacks\/services\/orders-copy.ts: got the service name "orders", which stacks\/services\/orders.ts has/,
  );
});

test("fails with PVD1005 on a service without an owner", () => {
  const { owner: _owner, ...rest } = about("orders");
  expect(() => check(file("orders", rest))).toThrow(/^PVD1005 stacks\/services\/orders.ts owner: got nothing/);
});

test("a service without an owner does not pass the type checker", () => {
  const { owner: _owner, ...rest } = about("orders");
  // @ts-expect-error: owner is required
  defineService(rest, () => undefined);
  expect(rest).not.toHaveProperty("owner");
});

test.each([undefined, null, {}, { name: 1 }])("fails with PVD1005 on a service that is defined with %p", (metadata) => {
  const load = () => ({ default: defineService(metadata as never, () => undefined) });
  expect(() => check({ file: "stacks/services/orders.ts", load })).toThrow(/^PVD1005 stacks\/services\/orders\.ts[: ]/);
});

test.each([{}, { default: null }, { default: {} }, { default: { metadata: about("orders") } }])(
  "fails with PVD1005 on a file that exports %p",
  (exported) => {
    expect(() => check({ file: "stacks/services/orders.ts", load: () => exported })).toThrow(
      /^PVD1005 .*got no service as the default export/,
    );
  },
);

const broken = (name: string, thrown: unknown): ServiceFile => ({
  file: `stacks/services/${name}.ts`,
  load: () => {
    throw thrown;
  },
});

test("fails with PVD1035 on a file that throws while it is loaded", () => {
  expect(() => check(broken("orders", new TypeError("no such thing")))).toThrow(
    /^PVD1035 stacks\/services\/orders.ts: got TypeError: no such thing, want a file that says what it wants/,
  );
});

test("what is wrong in any file is said at once, and the rest is loaded", () => {
  const findings = new Findings();
  const files = [{ file: "a.ts", load: () => ({}) }, broken("b", "nope"), broken("c", new Error("x")), file("orders")];
  expect(checkServices(files, findings).map((service) => service.file)).toEqual(["stacks/services/orders.ts"]);
  expect(() => findings.throwIfAny()).toThrow(
    /PVD1005 a\.ts[^]*PVD1035 .*b\.ts: got "nope", thrown[^]*PVD1035 .*c\.ts/,
  );
});
