import { PavedError, parseServiceMetadata } from "@paved/model";
import { App } from "cdktf";
import fc from "fast-check";
import { GrpcService, NodeApi, PythonWorker, ReactFrontend, ServiceStack, TrafficLedger, type Workload } from "../src";
import { dev, orders } from "./service-fixture";

/** Text that has broken something somewhere: templates, prototypes, numbers in disguise, control characters, sheer length. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "toString",
    '${file("/etc/passwd")}',
    "%{ for x in y }",
    "$(PATH)",
    "${TfToken[TOKEN.1]}",
    "#{TfToken[TOKEN.1]}",
    "a\u0000b",
    "\u202e",
    "../../etc",
    "\n---\nkind: Secret",
    "'; drop table users; --",
    "x".repeat(1_000_000),
    "(a+)+".repeat(2000),
    "0 ".repeat(50_000),
  ),
);
const number = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, -1, 0, Number.NaN, Number.POSITIVE_INFINITY, -1.888154589709072e289, 2 ** 53),
);
const deep = Array.from({ length: 2000 }).reduce<object>((inner) => ({ inner }), {});
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: number },
  { weight: 3, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(deep, null, true, false, [], [[]], () => 1, Symbol("s")) },
);

/** Props that are right, but for some fields. */
function spoiled(right: Readonly<Record<string, unknown>>) {
  const fields = Object.keys(right);
  return fc
    .tuple(
      fc.subarray(fields, { maxLength: Math.min(3, fields.length) }),
      fc.array(value, { minLength: 3, maxLength: 3 }),
      fc.dictionary(text, value, { maxKeys: 1 }),
    )
    .map(([chosen, values, more]) => ({
      ...more,
      ...right,
      ...Object.fromEntries(chosen.map((field, index) => [field, values[index]])),
    }));
}

const WORKLOAD = {
  image: "commerce/orders",
  size: "small",
  resources: { memory: "1Gi" },
  scale: { min: 1, max: 2 },
  config: { A: "b" },
  secrets: ["key"],
  internet: true,
  database: { size: "small" },
  cache: { size: "small" },
  bucket: true,
  topic: true,
  queue: { visibilitySeconds: 60 },
  objectives: { availability: 99 },
  environments: { dev: { size: "small" } },
  health: { live: "/a", ready: "/b" },
  port: 8080,
};

/** What a job asks for: it has no use for the rest. */
const { scale: _scale, health: _health, ...JOB } = WORKLOAD;

type Make = (stack: ServiceStack, props: never) => Workload;
const PATHS: readonly (readonly [string, Readonly<Record<string, unknown>>, Make])[] = [
  ["node-api", WORKLOAD, (stack, props) => new NodeApi(stack, "api", props)],
  [
    "python-worker",
    { ...JOB, schedule: "0 3 * * *", timeoutMinutes: 5 },
    (stack, props) => new PythonWorker(stack, "worker", props),
  ],
  [
    "grpc-service",
    { ...WORKLOAD, metricsPort: 9464, deadlineMs: 5, attempts: 2, mutualTls: true, healthPort: 9465 },
    (stack, props) => new GrpcService(stack, "grpc", props),
  ],
  [
    "react-frontend",
    { host: "shop", contentSecurityPolicy: "default-src 'self'" },
    (stack, props) => new ReactFrontend(stack, "site", props),
  ],
];

/** Builds the service and renders it. */
function build(make: Make, props: unknown): void {
  const traffic = new TrafficLedger();
  const digest = `sha256:${"a".repeat(64)}`;
  const stack = new ServiceStack(new App(), { environment: dev, service: orders, file: "f", digest, traffic });
  make(stack, props as never);
  stack.manifests();
}

/** @returns what was thrown, unless it is an error for people: typed, and not as long as what it is about */
function untyped(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof PavedError && error.message.length < 20_000 ? undefined : error;
  }
}

describe.each(PATHS)("%s", (_name, right, make) => {
  test("what is right is accepted", () => {
    expect(untyped(() => build(make, right))).toBeUndefined();
  });

  test("whatever a service file says, it is built or refused in words", () => {
    fc.assert(
      fc.property(spoiled(right), (props) => {
        expect(untyped(() => build(make, props))).toBeUndefined();
      }),
      { numRuns: 2500 },
    );
  }, 300_000);
});

test("whatever is said of a service, it is taken or refused in words", () => {
  fc.assert(
    fc.property(spoiled({ ...orders }), (metadata) => {
      expect(untyped(() => parseServiceMetadata(metadata, "f"))).toBeUndefined();
    }),
    { numRuns: 2500 },
  );
}, 60_000);
