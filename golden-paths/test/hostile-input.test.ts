import { type Environment, parseServiceMetadata } from "@paved/model";
import { App } from "cdktf";
import fc from "fast-check";
import {
  allowReplace,
  defineService,
  deviate,
  forget,
  NodeApi,
  ReactFrontend,
  renamedFrom,
  retire,
  ServiceStack,
  TrafficLedger,
} from "../src";
import { spoiled, text, untyped, value } from "./hostile-input";
import { dev, orders, production, terms } from "./service-fixture";

function stackIn(environment: Environment = dev): ServiceStack {
  const traffic = new TrafficLedger();
  const digest = `sha256:${"a".repeat(64)}`;
  return new ServiceStack(new App({ outdir: "unused" }), { environment, service: orders, file: "f", digest, traffic });
}

/** What a change makes of its subject: something else, nothing, or an error. */
const change = value.map((result) => (): unknown => {
  if (result instanceof Date) throw result;
  return result;
});
const deviation = fc.oneof(
  { weight: 3, arbitrary: change.map((made) => deviate(terms, made)) },
  { weight: 1, arbitrary: value.map((wrong) => deviate(wrong as never, () => undefined)) },
  { weight: 1, arbitrary: value },
);
const children = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("deployment", "service", "autoscaler", "disruptionBudget", "networkPolicy") },
  { weight: 1, arbitrary: text },
);
const customize = fc.dictionary(children, deviation, { minKeys: 1, maxKeys: 2 });

type Act = (stack: ServiceStack, path: NodeApi) => unknown;
const VERBS = [
  "allowFrom",
  "publishTo",
  "subscribeTo",
  "sendTo",
  "readFrom",
  "readBucketOf",
  "writeBucketOf",
  "useCacheOf",
  "exposeAt",
] as const;

/** What a service file may do beside building its golden path, with whatever it likes. */
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(fc.constantFrom(...VERBS), value).map(
    ([verb, given]): Act =>
      (_stack, path) =>
        path[verb](given as never),
  ),
  fc.tuple(fc.constantFrom(...VERBS), value).map(
    ([verb, serviceName]): Act =>
      (_stack, path) =>
        path[verb]({ serviceName } as never),
  ),
  value.map(
    (options): Act =>
      (_stack, path) =>
        path.subscribeTo({ serviceName: "payments" }, options as never),
  ),
  value.map(
    (only): Act =>
      (_stack, path) =>
        path.subscribeTo({ serviceName: "payments" }, { only } as never),
  ),
  fc.tuple(value, deviation).map(
    ([id, wrong]): Act =>
      (stack) =>
        stack.add(id as never, wrong as never),
  ),
  deviation.map(
    (wrong): Act =>
      (stack) =>
        stack.add("beside", wrong as never),
  ),
  fc.array(value, { maxLength: 2 }).map(
    (paths): Act =>
      (_stack, path) =>
        renamedFrom(path, ...(paths as string[])),
  ),
  value.map(
    (given): Act =>
      () =>
        renamedFrom(given as never, "x"),
  ),
  fc.tuple(value, value).map(
    ([path, reason]): Act =>
      (stack) =>
        retire(stack, { path, reason } as never),
  ),
  fc.tuple(value, value).map(
    ([addresses, reason]): Act =>
      (stack) =>
        forget(stack, { addresses, reason } as never),
  ),
  fc.tuple(value, value).map(
    ([on, given]): Act =>
      () =>
        retire(on as never, given as never),
  ),
  fc.tuple(value, value).map(
    ([on, given]): Act =>
      () =>
        forget(on as never, given as never),
  ),
  fc.tuple(value, value, value).map(
    ([address, until, reason]): Act =>
      (stack) =>
        allowReplace(stack, { address, until, reason } as never),
  ),
  fc.tuple(value, value).map(
    ([on, given]): Act =>
      () =>
        allowReplace(on as never, given as never),
  ),
);

const props = { image: "commerce/orders", port: 8080, queue: {} } as const;

test("whatever a service file changes of its manifests, it is taken or refused in words", () => {
  fc.assert(
    fc.property(customize, (changes) => {
      const stack = stackIn();
      const build = () => {
        new NodeApi(stack, "api", { ...props, customize: changes } as never);
        stack.manifests();
      };
      expect(untyped(build)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
}, 300_000);

test("whatever a service file calls its golden path, it is taken or refused in words", () => {
  fc.assert(
    fc.property(value, (id) => {
      expect(untyped(() => new ReactFrontend(stackIn(), id as never))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
}, 60_000);

test("whatever a service file does beside its golden path, it is done or refused in words, in every environment", () => {
  const acts = fc.array(act, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(acts, fc.constantFrom<Environment>(dev, production), (all, environment) => {
      const stack = stackIn(environment);
      const path = new NodeApi(stack, "api", props);
      const steps = [
        ...all.map((each) => () => each(stack, path)),
        () => stack.manifests(),
        () => stack.addressRecords(),
      ];
      expect(steps.map(untyped).filter((error) => error !== undefined)).toEqual([]);
    }),
    { numRuns: 500 },
  );
}, 300_000);

test("whatever a service is defined with, it is defined", () => {
  fc.assert(
    fc.property(value, value, (metadata, made) => {
      expect(untyped(() => defineService(metadata as never, made as never))).toBeUndefined();
    }),
  );
});

test("whatever is said of a service, it is taken or refused in words", () => {
  fc.assert(
    fc.property(spoiled({ ...orders }), (metadata) => {
      expect(untyped(() => parseServiceMetadata(metadata, "f"))).toBeUndefined();
    }),
    { numRuns: 2500 },
  );
}, 60_000);
