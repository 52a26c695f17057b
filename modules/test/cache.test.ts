import type { Size } from "@paved/model";
import { Cache, type CacheProps, type PavedStack } from "../src";
import { client } from "./support/client";
import { dev, networkFacts, production, synthIn } from "./support/stacks";

const props: CacheProps = {
  name: "sessions",
  size: "small",
  network: networkFacts,
  clusterSecurityGroupId: "sg-pods",
};
const cache = (stack: PavedStack, more: Partial<CacheProps> = {}) => new Cache(stack, "cache", { ...props, ...more });
const minimal = synthIn(dev, (stack) => void cache(stack));
const group = minimal.only("aws_elasticache_replication_group");
const kept = synthIn(production, (stack) => void cache(stack)).only("aws_elasticache_replication_group");

test("snapshot: dev, granted to nobody", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, large, granted to one", () => {
  const full = synthIn(production, (stack) => void cache(stack, { size: "large" }).grantUse(client(stack, "sessions")));
  expect(full.summary()).toMatchSnapshot();
});

test("is encrypted at rest with a key of its own, and in transit", () => {
  expect(group).toMatchObject({
    at_rest_encryption_enabled: "true",
    kms_key_id: "${aws_kms_key.cache_key_key.arn}",
    transit_encryption_enabled: true,
  });
});

test("its slow log is there, encrypted, before it", () => {
  expect(group["depends_on"]).toEqual(["aws_cloudwatch_log_group.cache_logs-slow_group"]);
  expect(minimal.only("aws_cloudwatch_log_group")["kms_key_id"]).toBe("${aws_kms_key.cache_key_key.arn}");
});

test("has no password: users sign in by IAM", () => {
  const granted = synthIn(dev, (stack) => void cache(stack).grantUse(client(stack, "sessions")));
  expect(granted.only("aws_elasticache_user")).toMatchObject({
    engine: "valkey",
    authentication_mode: { type: "iam" },
    user_id: "sessions-dev-sessions",
    user_name: "sessions-dev-sessions",
  });
  expect(JSON.stringify(granted.json)).not.toMatch(/auth_token|no_password_required/);
});

test("a user administers nothing and sees no other client", () => {
  const granted = synthIn(dev, (stack) => void cache(stack).grantUse(client(stack, "sessions")));
  expect(granted.only("aws_elasticache_user")["access_string"]).toMatch(/\+@all -@admin -@dangerous/);
});

test("nobody gets in until it is granted, then pods only, at its port", () => {
  expect(minimal.resources("aws_vpc_security_group_ingress_rule")).toEqual({});
  expect(minimal.only("aws_elasticache_user_group")["user_ids"]).toEqual([]);
  const granted = synthIn(dev, (stack) => void cache(stack).grantUse(client(stack, "sessions")));
  expect(granted.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
    referenced_security_group_id: "sg-pods",
    from_port: 6379,
    to_port: 6379,
  });
  expect(granted.only("aws_elasticache_user_group")["user_ids"]).toEqual([
    "${aws_elasticache_user.cache_user-sessions.user_id}",
  ]);
});

test("granted again, it changes nothing", () => {
  const twice = synthIn(dev, (stack) => {
    const made = cache(stack);
    const workload = client(stack, "sessions");
    expect(made.grantUse(workload)).toBe(made.grantUse(workload));
  });
  expect(Object.keys(twice.resources("aws_elasticache_user"))).toHaveLength(1);
});

test("who is granted it knows all that a sign-in token is made from, and may connect to it alone", () => {
  let granted: ReturnType<typeof client> | undefined;
  const stack = synthIn(dev, (each) => void cache(each).grantUse((granted = client(each, "sessions"))));
  expect(Object.keys(granted?.facts ?? {}).toSorted()).toEqual([
    "AWS_REGION",
    "CACHE_HOST",
    "CACHE_NAME",
    "CACHE_PORT",
    "CACHE_USER",
  ]);
  expect(granted?.egress).toEqual([{ to: "intra-subnets", port: 6379 }]);
  expect(String(stack.only("aws_iam_role_policy")["policy"])).toContain("elasticache:Connect");
});

test("stands in the subnets without a way out", () => {
  expect(minimal.only("aws_elasticache_subnet_group")["subnet_ids"]).toEqual(networkFacts.intraSubnetIds);
});

test("is as large, and as available, as the environment says", () => {
  expect(group).toMatchObject({ node_type: "cache.t4g.micro", num_cache_clusters: 1, multi_az_enabled: false });
  expect(kept).toMatchObject({
    node_type: "cache.m7g.large",
    num_cache_clusters: 2,
    multi_az_enabled: true,
    automatic_failover_enabled: true,
    snapshot_retention_limit: 7,
  });
});

test("fails with PVD1017 for an unknown size", () => {
  expect(() => synthIn(dev, (stack) => void cache(stack, { size: "larg" as Size }))).toThrow(
    /PVD1017 dev-orders\/cache: got "larg".*did you mean large/,
  );
});

test("fails with PVD1006 for a name that ElastiCache refuses for its length", () => {
  expect(() => synthIn(dev, (stack) => void cache(stack, { name: "s".repeat(40) }))).toThrow(/PVD1006 .*at most 40/);
});
