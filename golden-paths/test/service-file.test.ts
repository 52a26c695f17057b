import { isOwnId, useHelm } from "@paved/modules";
import {
  type Customize,
  defineService,
  deviate,
  GrpcService,
  NodeApi,
  PythonWorker,
  ReactFrontend,
  type ServiceStack,
} from "../src";
import { buildService, refusals, terms } from "./service-fixture";

const api = (stack: ServiceStack, id = "api", customize?: Customize) =>
  new NodeApi(stack, id, { image: "commerce/orders", port: 8080, customize });

const PATHS: readonly (readonly [string, (stack: ServiceStack, id: string) => NodeApi])[] = [
  ["node-api", (stack, id) => new NodeApi(stack, id, { image: "commerce/orders", port: 8080 })],
  ["python-worker", (stack, id) => new PythonWorker(stack, id, { image: "commerce/orders" }) as never],
  ["grpc-service", (stack, id) => new GrpcService(stack, id, { image: "commerce/orders" }) as never],
  ["react-frontend", (stack, id) => new ReactFrontend(stack, id) as never],
];

describe.each(PATHS)("the construct id of a %s", (_name, make) => {
  const said = (id: unknown) => () => buildService((stack) => make(stack, id as string));

  test.each(["", "Api", "a.b", "a_b", "1a", "a/b", "__proto__", "a".repeat(64), undefined, null, 1, {}])(
    "fails with PVD1014 when it is %p",
    (id) => {
      expect(said(id)).toThrow(
        /^PVD1014 stacks\/services\/orders\.ts.*: got the construct id .*, want at most 63 lower/,
      );
    },
  );

  test.each(["aws", "backend", "helm", "kubernetes", "kubernetes-cluster", "contract-network-v1"])(
    "fails with PVD1014 when it is %s, which the stack uses itself",
    (id) => {
      expect(said(id)).toThrow(/^PVD1014 .*, want an id that the stack does not use itself; name what it is for/);
    },
  );

  test("fails with PVD1014 when it is taken", () => {
    const twice = (stack: ServiceStack) => {
      make(stack, "api");
      return make(stack, "api");
    };
    expect(() => buildService(twice)).toThrow(/^PVD1014 .*got the construct id "api", want an id of its own/);
  });
});

test("every id that a service's stack has beside the golden path is one that no service file may use", () => {
  let ids: readonly string[] = [];
  const make = (stack: ServiceStack) =>
    new NodeApi(stack, "api", {
      image: "commerce/orders",
      port: 8080,
      database: { size: "small" },
      cache: { size: "small" },
      bucket: true,
      topic: true,
      queue: {},
    });
  const also = (path: NodeApi) => {
    const stack = path.node.scope as ServiceStack;
    useHelm(stack);
    path.readFrom({ serviceName: "payments" });
    path.sendTo({ serviceName: "payments" });
    ids = stack.node.children.map(({ node }) => node.id);
  };
  refusals(() => buildService(make, { also }));
  expect(ids.length).toBeGreaterThan(8);
  expect(ids.filter((id) => id !== "api" && !isOwnId(id))).toEqual([]);
});

test.each(["backend", "api", "Mirror", ""])("fails with PVD1014 on what is added as %p", (id) => {
  const also = (path: NodeApi) =>
    (path.node.scope as ServiceStack).add(
      id,
      deviate(terms, () => undefined),
    );
  expect(refusals(() => buildService(api, { also }))).toEqual([expect.stringMatching(/^PVD1014 /)]);
});

test.each([undefined, null, 1, {}, { terms: {} }])(
  "fails with PVD1031 on %p added instead of a deviation",
  (deviation) => {
    const also = (path: NodeApi) => (path.node.scope as ServiceStack).add("mirror", deviation as never);
    expect(() => buildService(api, { also })).toThrow(/^PVD1031 stacks\/services\/orders\.ts add "mirror": got /);
  },
);

describe("customize", () => {
  const said = (customize: unknown) => () => buildService((stack) => api(stack, "api", customize as Customize));

  test("fails with PVD1025 on a manifest that there is none of, with the likely one", () => {
    expect(said({ deploymnet: deviate({} as never, (it) => it) })).toThrow(
      /^PVD1025 stacks\/services\/orders\.ts customize\.deploymnet: .*; did you mean deployment\?$/,
    );
  });

  test.each([1, null, {}, { terms: {} }, { terms: {}, change: "no" }])(
    "fails with PVD1025 on %p instead of a deviation",
    (deployment) => {
      expect(said({ deployment })).toThrow(/^PVD1025 stacks\/services\/orders\.ts customize\.deployment/);
    },
  );
});

describe("a service that an intent verb is given", () => {
  const VERBS: Readonly<Record<string, (path: NodeApi, other: never) => unknown>> = {
    allowFrom: (path, other) => path.allowFrom(other),
    publishTo: (path, other) => path.publishTo(other),
    subscribeTo: (path, other) => path.subscribeTo(other),
    sendTo: (path, other) => path.sendTo(other),
    readFrom: (path, other) => path.readFrom(other),
    readBucketOf: (path, other) => path.readBucketOf(other),
    writeBucketOf: (path, other) => path.writeBucketOf(other),
    useCacheOf: (path, other) => path.useCacheOf(other),
  };

  describe.each(Object.keys(VERBS))("%s", (verb) => {
    test.each([
      undefined,
      null,
      "payments",
      {},
      { serviceName: 1 },
      { serviceName: "No" },
      { serviceName: "x".repeat(64) },
    ])("fails with PVD1025 when it is %p", (other) => {
      const also = (path: NodeApi) => void VERBS[verb]!(path, other as never);
      const want = `^PVD1025 stacks/services/orders\\.ts ${verb}: got .*, want another service, or its golden path`;
      expect(() => buildService(api, { also })).toThrow(new RegExp(want));
    });
  });
});

test("fails with PVD1025 on a second subscription to one service", () => {
  const worker = (stack: ServiceStack) => new PythonWorker(stack, "api", { image: "commerce/orders" });
  const also = (path: PythonWorker) => {
    path.subscribeTo({ serviceName: "payments" });
    path.subscribeTo({ serviceName: "payments" });
  };
  expect(() => buildService(worker, { also })).toThrow(
    /^PVD1025 .* subscribeTo: got a second subscription to payments/,
  );
});

test.each([null, 1, "paid", { only: null }, { only: "paid" }, { only: { type: null } }])(
  "fails with PVD1025 on a subscription with %p",
  (options) => {
    const worker = (stack: ServiceStack) => new PythonWorker(stack, "api", { image: "commerce/orders" });
    const also = (path: PythonWorker) => path.subscribeTo({ serviceName: "payments" }, options as never);
    expect(() => buildService(worker, { also })).toThrow(/^PVD1025 stacks\/services\/orders\.ts subscribeTo only/);
  },
);

test.each([undefined, null, 1, 1n, ["/orders"], {}, ""])("fails with PVD1025 on exposeAt(%p)", (path) => {
  const refused = [expect.stringMatching(/^PVD1025 exposeAt/)];
  expect(refusals(() => buildService(api, { also: (it) => void it.exposeAt(path as never) }))).toEqual(refused);
  const grpc = (stack: ServiceStack) => new GrpcService(stack, "grpc", { image: "commerce/orders" });
  expect(refusals(() => buildService(grpc, { also: (it) => void it.exposeAt(path as never) }))).toEqual(refused);
});

test.each([undefined, null, 1, {}])("a service defined with %p is no error until it is checked", (metadata) => {
  expect(() => defineService(metadata as never, () => undefined)).not.toThrow();
});
