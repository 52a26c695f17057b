import { Cloud } from "../cloud";

describe("data sources find what was applied", () => {
  const cloud = new Cloud();
  const far = { region: "us-east-1" };
  const queue = cloud.create("aws_sqs_queue", { name: "orders" });
  cloud.create("aws_sqs_queue", { name: "orders" }, far);
  const topic = cloud.create("aws_sns_topic", { name: "orders" });
  const bucket = cloud.create("aws_s3_bucket", { bucket: "orders-111122223333" });
  const zone = cloud.create("aws_route53_zone", { name: "Example.com." });
  const network = cloud.create("aws_vpc", { cidr_block: "10.0.0.0/16" });
  const inside = cloud.create("aws_route53_zone", { name: "example.com", vpc: [{ vpc_id: network.id }] });
  const cache = cloud.create("aws_elasticache_replication_group", {
    replication_group_id: "Orders",
    description: "orders",
    node_type: "cache.t4g.micro",
    auth_token: "0123456789abcdef",
    transit_encryption_enabled: true,
  });
  afterAll(() => cloud.close());

  test("a queue, of its region", () => {
    const read = cloud.data("aws_sqs_queue", { name: "orders" });
    expect([read.text("url"), read.id, read.text("arn")]).toEqual([queue.id, queue.id, queue.text("arn")]);
    const arns = [
      cloud.data("aws_sqs_queue", { name: "orders" }, far),
      cloud.data("aws_sqs_queue", { name: "orders", ...far }),
    ];
    expect(new Set(arns.map((one) => one.text("arn")))).toEqual(new Set(["arn:aws:sqs:us-east-1:111122223333:orders"]));
  });

  test("a topic and a bucket", () => {
    expect(cloud.data("aws_sns_topic", { name: "orders" }).text("arn")).toBe(topic.id);
    const read = cloud.data("aws_s3_bucket", { bucket: bucket.id });
    expect([read.text("arn"), read.text("bucket_region")]).toEqual([bucket.text("arn"), "eu-west-1"]);
  });

  test("a cache, however its name is written", () => {
    const read = cloud.data("aws_elasticache_replication_group", { replication_group_id: "ORDERS" });
    expect(read.values).toMatchObject({
      id: "orders",
      auth_token_enabled: true,
      num_cache_clusters: 1,
      port: 6379,
      primary_endpoint_address: cache.text("primary_endpoint_address"),
    });
  });

  test("a zone by name, with or without the dot, or by id", () => {
    const found = [{ name: "example.com" }, { name: "example.com." }, { zone_id: zone.id }].map((config) =>
      cloud.data("aws_route53_zone", config),
    );
    expect(found.map(({ id }) => id)).toEqual([zone.id, zone.id, zone.id]);
    expect(cloud.data("aws_route53_zone", { name: "example.com", private_zone: true }).id).toBe(inside.id);
    const record = { zone_id: zone.id, name: "www.example.com", type: "CNAME", ttl: 60, records: ["x"] };
    cloud.create("aws_route53_record", record);
    expect(cloud.data("aws_route53_zone", { name: "example.com" }).number("resource_record_set_count")).toBe(3);
  });

  test("two zones of one name are told apart by id alone", () => {
    const twin = cloud.create("aws_route53_zone", { name: "twin.example.com" });
    cloud.create("aws_route53_zone", { name: "twin.example.com" });
    const refused = cloud.refused(() => cloud.data("aws_route53_zone", { name: "twin.example.com" }));
    expect(refused.summary).toBe("multiple Route 53 Hosted Zones matched");
    expect(cloud.data("aws_route53_zone", { zone_id: twin.id }).id).toBe(twin.id);
  });

  test.each([
    ["aws_sqs_queue", { name: "none" }, "NonExistentQueue", ["name"]],
    ["aws_sns_topic", { name: "none" }, "empty result", ["name"]],
    ["aws_s3_bucket", { bucket: "none" }, "NotFound", ["bucket"]],
    ["aws_elasticache_replication_group", { replication_group_id: "none" }, "couldn't find", ["replication_group_id"]],
    ["aws_route53_zone", { name: "example.org" }, "no matching Route 53", ["name"]],
    ["aws_route53_zone", { zone_id: "ZNONE" }, "no matching Route 53", ["zone_id"]],
    ["aws_route53_zone", {}, "must be specified", []],
  ])("%s %j is refused", (type, config, words, path) => {
    const refused = cloud.refused(() => cloud.data(type, config));
    expect(refused.summary).toContain(words);
    expect(refused.path).toEqual(path);
  });

  test("imports come from the region that the id ends in", () => {
    const here = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders";
    const there = "https://sqs.us-east-1.amazonaws.com/111122223333/orders";
    expect(cloud.import("aws_sqs_queue", here).text("region")).toBe("eu-west-1");
    expect(cloud.import("aws_sqs_queue", `${there}@us-east-1`).text("region")).toBe("us-east-1");
    expect(cloud.refused(() => cloud.import("aws_sqs_queue", there)).detail).toContain(there);
    expect(cloud.import("aws_route53_zone", zone.id).id).toBe(zone.id);
  });
});
