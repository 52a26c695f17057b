import { GrpcService, NodeApi, PythonWorker, type ServiceStack, type WorkloadOptions } from "../src";
import { ending, LONGEST_VISIBILITY_SECONDS } from "../src/workload/ending";
import { buildService, only, refusals } from "./service-fixture";

interface Pod {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly containers: readonly { readonly lifecycle?: { preStop: { sleep: { seconds: number } } } }[];
      };
    };
  };
}
type Options = Pick<WorkloadOptions, "queue">;

const image = "shop/orders";
const PATHS = [
  ["NodeApi", (stack: ServiceStack, more: Options) => new NodeApi(stack, "api", { image, port: 8080, ...more })],
  ["GrpcService", (stack: ServiceStack, more: Options) => new GrpcService(stack, "api", { image, ...more })],
  ["PythonWorker", (stack: ServiceStack, more: Options) => new PythonWorker(stack, "api", { image, ...more })],
] as const;

function endOf(built: Parameters<typeof only>[0]) {
  const { spec } = only<Pod>(built, "Deployment").spec.template;
  const drain = spec.containers[0]?.lifecycle?.preStop.sleep.seconds ?? 0;
  return { drain, toFinish: spec.terminationGracePeriodSeconds - drain };
}

describe.each(PATHS)("%s", (_name, make) => {
  test.each([30, 60, LONGEST_VISIBILITY_SECONDS])(
    "has longer to finish than the %d s that its message is hidden, within what a node waits",
    (visibilitySeconds) => {
      const { drain, toFinish } = endOf(buildService((stack) => make(stack, { queue: { visibilitySeconds } })));
      expect(toFinish).toBeGreaterThanOrEqual(visibilitySeconds + 30);
      expect(drain + toFinish).toBeLessThanOrEqual(900);
    },
  );

  test("fails with PVD1025 when a node that is replaced would not wait for the message in hand", () => {
    const queue = { visibilitySeconds: LONGEST_VISIBILITY_SECONDS + 1 };
    expect(refusals(() => buildService((stack) => make(stack, { queue })))).toEqual([
      "PVD1025 queue.visibilitySeconds",
    ]);
  });
});

test("a job's message may be hidden for as long as SQS can: nothing waits for its pods", () => {
  const options = { image, schedule: "0 3 * * *", queue: { visibilitySeconds: 43_200 } };
  expect(refusals(() => buildService((stack) => new PythonWorker(stack, "job", options)))).toEqual([]);
});

test("what is exposed serves on for 20 seconds before it is told to end, until the load balancer knows", () => {
  const api = (also?: (path: NodeApi) => void) =>
    endOf(buildService((stack) => new NodeApi(stack, "api", { image, port: 8080 }), { also }));
  expect(api()).toEqual({ drain: 10, toFinish: 35 });
  expect(api((path) => void path.exposeAt("/orders"))).toEqual({ drain: 20, toFinish: 35 });
  const exposed = (path: GrpcService) => void path.exposeAt("orders.v1.Orders");
  const grpc = buildService((stack) => new GrpcService(stack, "grpc", { image }), { also: exposed });
  expect(endOf(grpc)).toEqual({ drain: 20, toFinish: 45 });
});

test("requests that take longer than a message have their time", () => {
  const facts = { exposed: false, drainSeconds: 10, finishSeconds: 45, visibilitySeconds: 1 };
  expect(ending(facts)).toEqual({ drainSeconds: 10, graceSeconds: 55 });
});
