import { loadEnvironment } from "@paved/environments";
import {
  defineService,
  deviate,
  NodeApi,
  retire,
  type ServiceDefinition,
  type ServiceStack,
} from "@paved/golden-paths";
import { Findings } from "@paved/model";
import { App } from "cdktf";
import { buildFleet } from "../src";
import { about, findingsOf, terms } from "./service-fixture";

const api = (stack: ServiceStack, more: object = {}) =>
  new NodeApi(stack, "api", { image: "commerce/orders", port: 8080, ...more });

/** Services by name, with what each does in every environment. */
type Builds = Readonly<Record<string, (stack: ServiceStack) => unknown>>;

function found(builds: Builds, earlier = new Findings()): readonly string[] {
  const services = Object.entries(builds).map(([name, build]) => ({
    definition: defineService(about(name), build as ServiceDefinition["build"]),
    file: `stacks/services/${name}.ts`,
  }));
  const environments = [loadEnvironment("dev"), loadEnvironment("staging")];
  const findings = findingsOf(() => buildFleet(new App({ outdir: "unused" }), environments, services, earlier));
  return findings.map(({ code, where, got }) => `${code} ${where}: ${got}`);
}

const throws = (thrown: unknown) => () => {
  throw thrown;
};

describe("what a service file throws", () => {
  test("fails with PVD1035, once for all environments, beside what is wrong in other services", () => {
    expect(
      found({ orders: throws(new TypeError("a is not b")), payments: (stack) => api(stack, { port: 80 }) }),
    ).toEqual([
      "PVD1035 stacks/services/orders.ts: TypeError: a is not b",
      "PVD1025 stacks/services/payments.ts port: 80",
    ]);
  });

  test.each([
    ["text", "nope", '"nope", thrown'],
    ["nothing", undefined, "nothing, thrown"],
    ["an error of several lines", new Error("two:\n  one\n  other"), "Error: two: one other"],
    ["an error whose message cannot be read", hostile(), "an error that cannot be shown"],
    [
      "an error as long as a book",
      new Error("x".repeat(1e6)),
      expect.stringMatching(/^.{4000}… \(1000007 characters\)$/),
    ],
  ])("fails with PVD1035 when it is %s", (_what, thrown, got) => {
    const [finding = ""] = found({ orders: throws(thrown) });
    expect(finding.replace("PVD1035 stacks/services/orders.ts: ", "")).toEqual(got);
  });

  test("fails with PVD1035 for a change of a manifest", () => {
    const customize = { deployment: deviate(terms, throws(new Error("boom"))) };
    const digest = `sha256:${"a".repeat(64)}`;
    const released = { ...loadEnvironment("dev"), releases: { orders: digest } };
    const definition = defineService(about("orders"), (stack) => api(stack, { customize }));
    const services = [{ definition, file: "stacks/services/orders.ts" }];
    expect(() => buildFleet(new App({ outdir: "unused" }), [released], services)).toThrow(
      /^PVD1035 stacks\/services\/orders.ts: got Error: boom/,
    );
  });

  test("fails with PVD1035 for what is added beside a golden path", () => {
    const build = (stack: ServiceStack) => {
      api(stack);
      stack.add("mirror", deviate(terms, throws(new Error("boom"))));
    };
    expect(found({ orders: build })).toEqual(["PVD1035 stacks/services/orders.ts: Error: boom"]);
  });

  test("names the file and line of the trace, also when that is a file that it imports", () => {
    const error = new Error("boom");
    error.stack = "Error: boom\n    at x (/w/golden-paths/src/a.ts:1:1)\n    at y (/w/stacks/services/catalog.ts:12:3)";
    const services = [{ definition: defineService(about("orders"), throws(error)), file: "stacks/services/orders.ts" }];
    expect(() => buildFleet(new App({ outdir: "unused" }), [loadEnvironment("dev")], services)).toThrow(
      "PVD1035 stacks/services/catalog.ts (stacks/services/catalog.ts:12): got Error: boom, " +
        "want a file that says what it wants and throws nothing; correct line 12",
    );
  });
});

test("of a fleet with services that could not be loaded, what is between services is not judged", () => {
  const earlier = new Findings();
  earlier.add({ code: "PVD1035", where: "stacks/services/payments.ts", got: "boom", want: "b", fix: "c" });
  const builds: Builds = {
    orders: (stack) => api(stack).allowFrom({ serviceName: "payments" }),
    pricing: (stack) => api(stack, { port: 80 }),
  };
  expect(found(builds, earlier)).toEqual([
    "PVD1035 stacks/services/payments.ts: boom",
    "PVD1025 stacks/services/pricing.ts port: 80",
  ]);
});

describe("what a build function has to do", () => {
  test("fails with PVD1005 when it is async, whether it fails or not", async () => {
    const later = async (stack: ServiceStack) => {
      await Promise.resolve();
      api(stack);
    };
    const never = async () => {
      await Promise.resolve();
      throw new Error("boom");
    };
    expect(found({ orders: later, payments: never })).toEqual([
      "PVD1005 stacks/services/orders.ts build: an async function",
      "PVD1005 stacks/services/payments.ts build: an async function",
    ]);
    await new Promise(setImmediate);
  });

  test("fails with PVD1005 when it builds no golden path", () => {
    expect(found({ orders: () => undefined })).toEqual([
      "PVD1005 stacks/services/orders.ts build: a function that builds no golden path",
    ]);
  });

  test("fails with PVD1005 when it retires a part and builds no golden path", () => {
    const part = (stack: ServiceStack) => retire(stack, { path: "api/cache", reason: "nobody reads it" });
    expect(found({ orders: part })).toHaveLength(1);
  });

  test("it may retire all that the service had", () => {
    expect(found({ orders: (stack) => retire(stack, { reason: "nobody calls it" }) })).toEqual([]);
  });
});

function hostile(): Error {
  return Object.defineProperty(new Error("x"), "message", {
    get: () => {
      throw new Error("y");
    },
  });
}
