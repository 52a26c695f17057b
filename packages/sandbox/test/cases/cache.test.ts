import { Cloud } from "../cloud";
import { giveCacheParts } from "../given";
import { landscape } from "../landscape";

const group = {
  replication_group_id: "Orders",
  description: "orders",
  engine: "valkey",
  engine_version: "8.0",
  node_type: "cache.t4g.micro",
};
const TYPE = "aws_elasticache_replication_group";

describe("caches", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  test.each([
    [{ replication_group_id: "1st" }, "replication_group_id"],
    [{ replication_group_id: "a--b" }, "replication_group_id"],
    [{ node_type: null }, "node_type"],
    [{ num_cache_clusters: 1, automatic_failover_enabled: true }, "automatic_failover_enabled"],
    [{ automatic_failover_enabled: true }, "automatic_failover_enabled"],
    [{ num_cache_clusters: 2, multi_az_enabled: true }, "multi_az_enabled"],
    [{ num_cache_clusters: 2, num_node_groups: 2 }, "num_cache_clusters"],
    [{ user_group_ids: ["given"] }, "user_group_ids"],
    [{ auth_token: "0123456789abcdef" }, "auth_token"],
    [{ auth_token: "0123456789abcdef", user_group_ids: ["given"], transit_encryption_enabled: true }, "auth_token"],
    [{ subnet_group_name: "none" }, "subnet_group_name"],
    [{ parameter_group_name: "none" }, "parameter_group_name"],
    [{ security_group_ids: ["sg-none"] }, "security_group_ids"],
    [{ kms_key_id: "none" }, "kms_key_id"],
    [{ kms_key_id: "alias/aws/elasticache", at_rest_encryption_enabled: "false" }, "kms_key_id"],
    [{ kms_key_id: "alias/aws/elasticache", engine: "redis", engine_version: "7.1" }, "kms_key_id"],
    [{ snapshot_retention_limit: 36 }, "snapshot_retention_limit"],
    [{ user_group_ids: ["none"], transit_encryption_enabled: true }, "user_group_ids"],
  ])("no replication group with %j", (wrong, attribute) => {
    giveCacheParts(cloud, landscape(cloud).subnets[0].id);
    expect(cloud.refused(() => cloud.create(TYPE, { ...group, ...wrong })).path[0]).toBe(attribute);
  });

  test("the number of nodes cannot fall below what failover needs", () => {
    const sized = (num_cache_clusters: number): object => ({
      ...group,
      num_cache_clusters,
      automatic_failover_enabled: true,
    });
    const created = cloud.create(TYPE, sized(3));
    expect(created.texts("member_clusters")).toEqual(["orders-001", "orders-002", "orders-003"]);
    expect(cloud.refused(() => cloud.update(TYPE, created, sized(1))).path).toEqual(["automatic_failover_enabled"]);
    const smaller = cloud.update(TYPE, created, sized(2));
    expect([smaller.texts("member_clusters").length, smaller.number("replicas_per_node_group")]).toEqual([2, 1]);
  });

  test.each([
    [{ engine_version: "8.1" }, []],
    [{ engine_version: "7.2" }, [["engine_version"]]],
    [{ engine: "redis", engine_version: "8.0" }, [["engine"]]],
    [{ engine: "redis", engine_version: "7.1" }, [["engine"], ["engine_version"]]],
    [{ transit_encryption_enabled: true }, []],
  ])("with %j a group of Valkey 8.0 is replaced because of %j", (change, paths) => {
    const created = cloud.create(TYPE, group);
    expect(cloud.plan(TYPE, created, { ...group, ...change }).replace).toEqual(paths);
  });

  test("a group of an early Redis is replaced to encrypt what is sent, and goes on as Valkey", () => {
    const redis = { ...group, engine: "redis", engine_version: "6.2" };
    const created = cloud.create(TYPE, redis);
    const { replace } = cloud.plan(TYPE, created, { ...redis, transit_encryption_enabled: true });
    expect(replace).toEqual([["transit_encryption_enabled"]]);
    const updated = cloud.update(TYPE, created, group);
    expect([updated.text("engine_version_actual"), updated.text("parameter_group_name")]).toEqual([
      "8.0.1",
      "default.valkey8",
    ]);
  });

  test("hosts begin with the role of an encrypted group", () => {
    const encrypted = cloud.create(TYPE, { ...group, transit_encryption_enabled: true });
    expect(encrypted.text("primary_endpoint_address")).toMatch(
      /^master\.orders\.[0-9a-f]{6}\.euw1\.cache\.amazonaws\.com$/,
    );
    expect(encrypted.text("reader_endpoint_address")).toMatch(/^replica\.orders\.[0-9a-f]{6}\.euw1\./);
    expect(encrypted.values).toMatchObject({
      configuration_endpoint_address: "",
      engine_version_actual: "8.0.1",
      parameter_group_name: "default.valkey8",
      port: 6379,
      transit_encryption_mode: "required",
    });
    const plain = cloud.create(TYPE, { ...group, replication_group_id: "plain" });
    expect(plain.text("primary_endpoint_address")).toMatch(/^plain\.[0-9a-f]{6}\.ng\.0001\.euw1\.cache/);
    expect(plain.text("reader_endpoint_address")).toMatch(/^plain-ro\.[0-9a-f]{6}\.ng\.0001\.euw1\.cache/);
  });

  test("a group of shards is reached at one host", () => {
    const config = { ...group, cluster_mode: "enabled", num_node_groups: 2, replicas_per_node_group: 1 };
    const created = cloud.create(TYPE, { ...config, automatic_failover_enabled: true, multi_az_enabled: true });
    expect(created.text("configuration_endpoint_address")).toMatch(/^orders\.[0-9a-f]{6}\.clustercfg\.euw1\./);
    expect(created.values).toMatchObject({
      cluster_enabled: true,
      member_clusters: ["orders-0001-001", "orders-0001-002", "orders-0002-001", "orders-0002-002"],
      num_cache_clusters: 4,
      parameter_group_name: "default.valkey8.cluster.on",
      primary_endpoint_address: "",
    });
    const encrypted = cloud.create(TYPE, { ...config, replication_group_id: "b", transit_encryption_enabled: true });
    expect(encrypted.text("configuration_endpoint_address")).toMatch(/^clustercfg\.b\.[0-9a-f]{6}\.euw1\./);
  });

  test.each([
    ["aws_elasticache_user", { user_name: "other" }, ["user_name"]],
    ["aws_elasticache_user", { engine: "memcached" }, ["engine"]],
    ["aws_elasticache_user", { user_id: "1a", user_name: "1a" }, ["user_id"]],
    ["aws_elasticache_user", { authentication_mode: [{ type: "password" }] }, ["authentication_mode", 0, "type"]],
    [
      "aws_elasticache_user",
      { authentication_mode: [{ type: "iam", passwords: ["0123456789abcdef"] }] },
      ["authentication_mode", 0, "type"],
    ],
  ])("%s %j", (type, wrong, path) => {
    const user = { engine: "valkey", user_id: "a", user_name: "a", access_string: "on" };
    const config = { ...user, authentication_mode: [{ type: "iam" }], ...wrong };
    expect(cloud.refused(() => cloud.create(type, config)).path).toEqual(path);
  });

  test("passwords are counted", () => {
    const user = { engine: "VALKEY", user_id: "a", user_name: "b", access_string: "on" };
    const withPasswords = (...passwords: string[]): object => ({
      ...user,
      authentication_mode: [{ type: "password", passwords }],
    });
    const created = cloud.create("aws_elasticache_user", withPasswords("0123456789abcdef"));
    expect(created.get("authentication_mode.password_count")).toBe(1);
    const config = withPasswords("0123456789abcdef", "fedcba9876543210");
    const updated = cloud.update("aws_elasticache_user", created, config);
    expect(updated.get("authentication_mode.password_count")).toBe(2);
  });

  test("users of a group have names of their own, and one of Redis the default user", () => {
    const user = (user_id: string, user_name: string) =>
      cloud.create("aws_elasticache_user", { engine: "redis", user_id, user_name, access_string: "on" });
    const create = (engine: string, ...user_ids: string[]) =>
      cloud.create("aws_elasticache_user_group", { engine, user_group_id: engine, user_ids });
    for (const id of ["a", "b"]) user(id, "same");
    user("d", "default");
    expect(cloud.refused(() => create("valkey", "a", "b")).summary).toContain("DuplicateUserName");
    expect(cloud.refused(() => create("redis", "a")).summary).toContain("DefaultUserRequired");
    expect(cloud.refused(() => create("mysql", "a")).path).toEqual(["engine"]);
    expect([create("redis", "a", "d").id, create("valkey", "b").id]).toEqual(["redis", "valkey"]);
    expect(cloud.refused(() => create("REDIS", "default")).path).toEqual(["user_group_id"]);
  });

  test.each([
    ["aws_elasticache_subnet_group", { name: "Default", subnet_ids: [] }, "name"],
    ["aws_elasticache_parameter_group", { name: "a", family: "valkey" }, "family"],
  ])("%s %j", (type, config, attribute) => {
    expect(cloud.refused(() => cloud.create(type, config)).path).toEqual([attribute]);
  });

  test("a subnet group is of one network, and is found however it is written", () => {
    const { subnets } = landscape(cloud);
    const other = cloud.create("aws_vpc", { cidr_block: "10.5.0.0/16" });
    const far = cloud.create("aws_subnet", { vpc_id: other.id, cidr_block: "10.5.0.0/24" });
    const create = (...subnet_ids: string[]) =>
      cloud.create("aws_elasticache_subnet_group", { name: "Orders", subnet_ids });
    expect(cloud.refused(() => create(subnets[0].id, far.id)).summary).toContain("api error InvalidSubnet");
    expect(create(far.id).text("vpc_id")).toBe(other.id);
    expect(cloud.create(TYPE, { ...group, subnet_group_name: "Orders" }).id).toBe("orders");
  });

  test("what a cache uses cannot be deleted", () => {
    const { subnets, group: firewall } = landscape(cloud);
    giveCacheParts(cloud, subnets[0].id);
    cloud.create("aws_elasticache_parameter_group", { name: "given", family: "valkey8" });
    const created = cloud.create(TYPE, {
      ...group,
      parameter_group_name: "given",
      security_group_ids: [firewall.id],
      subnet_group_name: "given",
      transit_encryption_enabled: true,
      user_group_ids: ["given"],
    });
    const parts = ["parameter_group", "subnet_group", "user_group"].map((part) => `aws_elasticache_${part}`);
    for (const type of parts) {
      const part = cloud.import(type, "given");
      expect(cloud.refused(() => cloud.destroy(type, part)).detail).toBe(`Destroy ${TYPE} orders first.`);
    }
    expect(cloud.refused(() => cloud.destroy("aws_security_group", firewall)).detail).toContain("orders");
    cloud.destroy(TYPE, created);
    for (const type of parts) cloud.destroy(type, cloud.import(type, "given"));
  });
});
