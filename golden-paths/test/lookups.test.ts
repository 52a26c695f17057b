import { Cache, PavedStack } from "@paved/modules";
import { synth, type SynthesizedStack } from "@paved/testing";
import { GrpcService, NodeApi, PythonWorker, ServiceStack, TrafficLedger } from "../src";
import { buildService, dev, only, orders, refusals } from "./service-fixture";

const PATHS = [
  ["NodeApi", (stack: ServiceStack) => new NodeApi(stack, "api", { image: "shop/orders", port: 8080, queue: {} })],
  ["GrpcService", (stack: ServiceStack) => new GrpcService(stack, "api", { image: "shop/orders", queue: {} })],
  ["PythonWorker", (stack: ServiceStack) => new PythonWorker(stack, "api", { image: "shop/orders" })],
] as const;
type Path = ReturnType<(typeof PATHS)[number][1]>;

const ledger = { serviceName: "ledger" };
const written = (stack: SynthesizedStack) => stack.only("kubernetes_config_map_v1")["data"] as Record<string, string>;
const permitted = (stack: SynthesizedStack) => String(stack.only("aws_iam_role_policy")["policy"]);
const contract = (name: string) => `data.aws_ssm_parameter.contract-${name}-v1`;

describe.each(PATHS)("%s", (_name, make) => {
  const build = (also: (path: Path) => void) => buildService<Path>(make, { also });

  test("readBucketOf lets it read what is in another's bucket, and write nothing", () => {
    const { stack } = build((path) => path.readBucketOf(ledger));
    expect(written(stack)["LEDGER_BUCKET_NAME"]).toContain(contract("bucket-ledger"));
    expect(permitted(stack)).toContain("s3:GetObject");
    expect(permitted(stack)).not.toMatch(/s3:(Put|Delete)Object/);
  });

  test("writeBucketOf lets it write there as well, with the key", () => {
    const { stack } = build((path) => path.writeBucketOf(ledger));
    expect(permitted(stack)).toMatch(/s3:DeleteObject.*s3:PutObject/);
    expect(permitted(stack)).toContain(`${contract("bucket-ledger")}.insecure_value`);
  });

  test("useCacheOf lets it sign in to another's cache as itself, and out to it", () => {
    const built = build((path) => path.useCacheOf(ledger));
    expect(written(built.stack)).toMatchObject({
      LEDGER_CACHE_NAME: "ledger-dev",
      LEDGER_CACHE_USER: "ledger-dev-orders",
      LEDGER_CACHE_PORT: "6379",
      LEDGER_CACHE_HOST: expect.stringContaining(contract("cache-ledger")),
    });
    expect(permitted(built.stack)).toContain("elasticache:Connect");
    expect(JSON.stringify(only(built, "NetworkPolicy"))).toContain('"port":6379');
  });

  test("subscribeTo can have some of the events only", () => {
    const { stack } = build((path) => path.subscribeTo(ledger, { only: { type: ["paid", "${path.module}"] } }));
    expect(stack.only("aws_sns_topic_subscription")["filter_policy"]).toBe('{"type":["paid","$${path.module}"]}');
  });
});

describe("wrong lookups", () => {
  const worker = (also: (path: PythonWorker) => void) => () =>
    buildService((stack) => new PythonWorker(stack, "api", { image: "shop/orders" }), {
      also,
    });

  test.each([
    ["without attributes", {}, "PVD1025 subscribeTo only"],
    ["with six attributes", Object.fromEntries([..."abcdef"].map((name) => [name, ["x"]])), "PVD1025 subscribeTo only"],
    ["with no value", { type: [] }, "PVD1025 subscribeTo only.type"],
    ["with a value that is no list", { type: "paid" }, "PVD1025 subscribeTo only.type"],
    ["of too many combinations", { a: Array(13).fill("x"), b: Array(12).fill("y") }, "PVD1025 subscribeTo only"],
  ])("fails with PVD1025 for a filter %s", (_what, filter, finding) => {
    const options = { only: filter as Record<string, string[]> };
    expect(refusals(worker((path) => path.subscribeTo(ledger, options)))).toEqual([finding]);
  });
});

test.each(["before", "after"])(
  "the user of whoever asks %s the cache is made stands in the cache's own stack",
  (when) => {
    const stacks = synth((app) => {
      const traffic = new TrafficLedger();
      const stackOf = (name: string) =>
        new ServiceStack(app, { environment: dev, service: { ...orders, name }, file: `${name}.ts`, traffic });
      const owner = new PavedStack(app, { environment: dev, name: "sessions", kind: "service", owner: "growth" });
      const network = { vpcId: "vpc-1", intraSubnetIds: ["subnet-1"] };
      const make = () =>
        new Cache(owner, "cache", { name: "sessions", size: "small", network, clusterSecurityGroupId: "sg-1" });
      const ask = () =>
        new NodeApi(stackOf("shop"), "api", { image: "shop/shop", port: 8080 }).useCacheOf({ serviceName: "sessions" });
      for (const each of when === "before" ? [ask, make] : [make, ask]) each();
    });
    expect(stacks["dev-sessions"]?.only("aws_elasticache_user")["user_id"]).toBe("sessions-dev-shop");
    expect(stacks["dev-sessions"]?.only("aws_elasticache_user_group")["user_ids"]).toEqual([
      "${aws_elasticache_user.cache_user-shop.user_id}",
    ]);
    expect(stacks["dev-sessions"]?.only("aws_vpc_security_group_ingress_rule")["from_port"]).toBe(6379);
    expect(stacks["dev-shop"]?.resources("aws_elasticache_user")).toEqual({});
  },
);
