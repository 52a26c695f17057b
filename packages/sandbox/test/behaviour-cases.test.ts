import { parseCidr } from "../src/behaviours/aws/cidr";
import { zoneId, zonesOf } from "../src/behaviours/aws/zones";
import { Cloud } from "./cloud";
import { landscape, POLICY } from "./landscape";

describe("what AWS refuses", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  test.each([
    ["10.1.0.0/24", "InvalidSubnet.Range"],
    ["10.0.0.128/24", "InvalidSubnet.Range"],
    ["10.0.0.0/29", "InvalidSubnet.Range"],
    ["10.0.1.128/25", "InvalidSubnet.Conflict"],
  ])("a subnet of %s: %s", (cidr_block, code) => {
    const { vpc } = landscape(cloud);
    const refused = cloud.refused(() => cloud.create("aws_subnet", { vpc_id: vpc.id, cidr_block }));
    expect(refused.summary).toContain(`api error ${code}`);
    expect(refused.path).toEqual(["cidr_block"]);
  });

  test("a subnet in a zone that the region does not have", () => {
    const { vpc } = landscape(cloud);
    const config = { vpc_id: vpc.id, cidr_block: "10.0.7.0/24", availability_zone: "eu-west-1z" };
    expect(cloud.refused(() => cloud.create("aws_subnet", config)).path).toEqual(["availability_zone"]);
  });

  test("an EKS cluster with subnets of one zone", () => {
    const { role, subnets } = landscape(cloud);
    const config = { name: "one", role_arn: role.text("arn"), vpc_config: [{ subnet_ids: [subnets[0].id] }] };
    const refused = cloud.refused(() => cloud.create("aws_eks_cluster", config));
    expect(refused.summary).toContain("must be in at least two different AZs");
    expect(refused.path).toEqual(["vpc_config", 0, "subnet_ids"]);
  });

  test("a database subnet group with subnets of one zone", () => {
    const { subnets } = landscape(cloud);
    const refused = cloud.refused(() =>
      cloud.create("aws_db_subnet_group", { name: "one", subnet_ids: [subnets[0].id] }),
    );
    expect(refused.summary).toContain("DBSubnetGroupDoesNotCoverEnoughAZs");
  });

  test("deleting a zone that has records", () => {
    const { zone } = landscape(cloud);
    const zone_id = zone.text("zone_id");
    cloud.create("aws_route53_record", { zone_id, name: "shop.example.com", type: "CNAME", ttl: 60, records: ["x"] });
    expect(cloud.refused(() => cloud.destroy("aws_route53_zone", zone)).summary).toContain("HostedZoneNotEmpty");
  });

  test.each([
    ["aws_cloudwatch_log_delivery_source", "logSource"],
    ["aws_cloudwatch_log_delivery_destination", "logDestination"],
  ] as const)("deleting a %s that a delivery uses", (type, part) => {
    const world = landscape(cloud);
    cloud.create("aws_cloudwatch_log_delivery", {
      delivery_source_name: world.logSource.text("name"),
      delivery_destination_arn: world.logDestination.text("arn"),
    });
    expect(cloud.refused(() => cloud.destroy(type, world[part])).summary).toContain("ConflictException");
  });

  test("deleting a VPC that has subnets", () => {
    const { vpc, subnets } = landscape(cloud);
    const refused = cloud.refused(() => cloud.destroy("aws_vpc", vpc));
    expect(refused.summary).toContain("DependencyViolation");
    expect(refused.detail).toContain(subnets[0].id);
  });

  test("deleting a protected database, until the protection is off", () => {
    const config = {
      identifier: "p",
      instance_class: "db.t4g.micro",
      manage_master_user_password: true,
      skip_final_snapshot: true,
    };
    const database = cloud.create("aws_db_instance", { ...config, deletion_protection: true });
    expect(cloud.refused(() => cloud.destroy("aws_db_instance", database)).path).toEqual(["deletion_protection"]);
    cloud.destroy("aws_db_instance", cloud.update("aws_db_instance", database, config));
    expect(cloud.read("aws_db_instance", database)).toBeNull();
  });

  test("a zone whose name is no domain", () => {
    const refused = cloud.refused(() => cloud.create("aws_route53_zone", { name: "example com" }));
    expect(refused.summary).toContain("api error InvalidDomainName");
    expect(refused.path).toEqual(["name"]);
  });

  test("using a KMS key that is pending deletion", () => {
    const key = cloud.create("aws_kms_key", {});
    cloud.destroy("aws_kms_key", key);
    const config = { name: "/logs", kms_key_id: key.text("arn") };
    expect(cloud.refused(() => cloud.create("aws_cloudwatch_log_group", config)).summary).toContain(
      "is pending deletion",
    );
  });

  test("a secret whose name is scheduled for deletion, unless there is no recovery window", () => {
    const create = (name: string, days: number) =>
      cloud.create("aws_secretsmanager_secret", { name, recovery_window_in_days: days });
    cloud.destroy("aws_secretsmanager_secret", create("kept", 7));
    cloud.destroy("aws_secretsmanager_secret", create("gone", 0));
    expect(cloud.refused(() => create("kept", 7)).path).toEqual(["name"]);
    expect(create("gone", 0).text("name")).toBe("gone");
  });

  test("a bucket name that another account has, but not a queue name", () => {
    cloud.create("aws_s3_bucket", { bucket: "taken" });
    cloud.create("aws_sqs_queue", { name: "taken" });
    const elsewhere = { account: "444455556666", region: "us-east-1" };
    expect(cloud.refused(() => cloud.create("aws_s3_bucket", { bucket: "taken" }, elsewhere)).path).toEqual(["bucket"]);
    expect(cloud.create("aws_sqs_queue", { name: "taken" }, elsewhere).text("arn")).toBe(
      "arn:aws:sqs:us-east-1:444455556666:taken",
    );
  });

  test.each([
    ["aws_cloudwatch_log_group", { name: "/a", retention_in_days: 31 }, "retention_in_days"],
    ["aws_iam_role", { name: "r", assume_role_policy: "{" }, "assume_role_policy"],
    ["aws_iam_openid_connect_provider", { url: "http://a.example.com", client_id_list: ["a"] }, "url"],
    ["aws_secretsmanager_secret_policy", { secret_arn: "a", policy: "{" }, "policy"],
    ["aws_ecr_repository_policy", { repository: "a", policy: "{" }, "policy"],
    ["aws_iam_role", { name: "r".repeat(65), assume_role_policy: POLICY }, "name"],
    ["aws_db_instance", { identifier: "Orders", instance_class: "db.t4g.micro" }, "identifier"],
    ["aws_db_instance", { identifier: "orders", instance_class: "db.t4g.micro" }, "manage_master_user_password"],
    ["aws_ssm_parameter", { name: "/a", type: "Text", value: "x" }, "type"],
    ["aws_ssm_parameter", { name: "/a", type: "String", insecure_value: "x".repeat(4097) }, "insecure_value"],
    ["aws_s3_bucket", { bucket: "Under_score" }, "bucket"],
    ["aws_sqs_queue", { name: "orders.fifo" }, "name"],
    ["aws_kms_alias", { name: "orders", target_key_id: "x" }, "name"],
    ["helm_release", { name: "Redis", chart: "redis" }, "name"],
    ["kubernetes_namespace_v1", { metadata: [{ name: "Orders" }] }, "metadata"],
  ])("%s %j", (type, config, attribute) => {
    expect(cloud.refused(() => cloud.create(type, config)).path[0]).toBe(attribute);
  });
});

describe("what AWS computes", () => {
  const cloud = new Cloud();
  afterAll(() => cloud.close());

  test("tags_all are the provider's default tags below the resource's own", () => {
    const as = { tags: { team: "platform", env: "dev" } };
    const vpc = cloud.create("aws_vpc", { cidr_block: "10.0.0.0/16", tags: { team: "orders" } }, as);
    expect(vpc.get("tags_all")).toEqual({ team: "orders", env: "dev" });
  });

  test("the master user's secret only when RDS manages it", () => {
    const config = {
      identifier: "orders",
      instance_class: "db.t4g.micro",
      engine: "postgres",
      skip_final_snapshot: true,
    };
    const managed = cloud.create("aws_db_instance", { ...config, manage_master_user_password: true });
    expect(managed.text("master_user_secret.secret_arn")).toMatch(
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-/,
    );
    expect(managed.text("endpoint")).toMatch(/^orders\.c[0-9a-f]+\.eu-west-1\.rds\.amazonaws\.com:5432$/);
    const own = cloud.update("aws_db_instance", managed, { ...config, password: "p" });
    expect(own.get("master_user_secret")).toEqual([]);
  });

  test("versions count up with every change of content, and with nothing else", () => {
    const first = cloud.create("aws_ssm_parameter", { name: "/v", type: "String", insecure_value: "1" });
    const second = cloud.update("aws_ssm_parameter", first, { name: "/v", type: "String", insecure_value: "2" });
    const tagged = cloud.update("aws_ssm_parameter", second, {
      name: "/v",
      type: "String",
      insecure_value: "2",
      tags: { a: "b" },
    });
    expect([first, second, tagged].map((parameter) => parameter.number("version"))).toEqual([1, 2, 2]);
  });

  test("generated names begin with their prefix", () => {
    const role = cloud.create("aws_iam_role", { name_prefix: "job-", assume_role_policy: POLICY });
    expect(role.text("name")).toMatch(/^job-\d{18}[0-9a-f]{8}$/);
    const map = cloud.create("kubernetes_config_map_v1", { metadata: [{ generate_name: "facts-" }] });
    expect(map.id).toMatch(/^default\/facts-[0-9a-f]{5}$/);
  });

  test("a thing that is made again gets another id, as in AWS", () => {
    const create = () => cloud.create("aws_vpc", { cidr_block: "10.9.0.0/16" });
    const first = create();
    cloud.destroy("aws_vpc", first);
    expect(create().id).not.toBe(first.id);
  });

  test("the same configuration gives the same ids in every sandbox", () => {
    const ids = [new Cloud(), new Cloud()].map((one) => {
      const { vpc, subnets, cluster } = landscape(one);
      one.close();
      return [vpc.id, ...subnets.map(({ id }) => id), cluster.text("endpoint")];
    });
    expect(ids[0]).toEqual(ids[1]);
  });

  test("the default security group is the one that the VPC came with", () => {
    const vpc = cloud.create("aws_vpc", { cidr_block: "10.7.0.0/16" });
    const group = cloud.create("aws_default_security_group", { vpc_id: vpc.id });
    expect(group.id).toBe(vpc.text("default_security_group_id"));
  });

  test.each(["default", "kube-system", "kube-public", "kube-node-lease"])(
    "the namespace %s is there before anybody makes it",
    (name) => {
      const again = () => cloud.create("kubernetes_namespace_v1", { metadata: [{ name }] });
      expect(cloud.refused(again).summary).toBe(`namespaces "${name}" already exists`);
      expect(cloud.create("kubernetes_config_map_v1", { metadata: [{ name: "m", namespace: name }] }).id).toBe(
        `${name}/m`,
      );
    },
  );

  test("objects of one cluster are not seen from another, and a deleted cluster does not answer", () => {
    const { cluster, role, subnets } = landscape(cloud);
    const host = cluster.text("endpoint")!;
    cloud.create("kubernetes_namespace_v1", { metadata: [{ name: "orders" }] }, { host });
    const config = { metadata: [{ name: "m", namespace: "orders" }] };
    expect(cloud.refused(() => cloud.create("kubernetes_config_map_v1", config)).summary).toBe(
      'namespaces "orders" not found',
    );
    expect(cloud.create("kubernetes_config_map_v1", config, { host }).id).toBe("orders/m");
    cloud.destroy("aws_eks_cluster", cluster);
    expect(cloud.refused(() => cloud.create("kubernetes_secret_v1", config, { host })).summary).toContain(
      "no such host",
    );
    expect([role.id, subnets.length]).toEqual(["landscape", 2]);
  });
});

describe("data sources", () => {
  const cloud = new Cloud();
  const world = landscape(cloud);
  afterAll(() => cloud.close());

  test.each([["insecure_value"], ["value"]])("aws_ssm_parameter gives what was written as %s", (attribute) => {
    cloud.create("aws_ssm_parameter", { name: `/${attribute}`, type: "String", [attribute]: "x" });
    const read = cloud.data("aws_ssm_parameter", { name: `/${attribute}` });
    expect([read.text("value"), read.text("insecure_value")]).toEqual(["x", "x"]);
  });

  test.each([
    ["aws_ssm_parameter", { name: "/none" }, "ParameterNotFound", "name"],
    ["aws_eks_cluster", { name: "none" }, "No cluster found for name: none.", "name"],
    ["aws_db_instance", { db_instance_identifier: "none" }, "DBInstanceNotFound", "db_instance_identifier"],
    ["aws_kms_key", { key_id: "none" }, "NotFoundException", "key_id"],
    ["aws_vpc", { cidr_block: "10.200.0.0/16" }, "no matching aws_vpc found", "cidr_block"],
  ])("%s %j is refused", (type, config, words, attribute) => {
    const refused = cloud.refused(() => cloud.data(type, config));
    expect(refused.summary).toContain(words);
    expect(refused.path).toEqual([attribute]);
  });

  test("aws_eks_cluster gives the applied cluster", () => {
    const read = cloud.data("aws_eks_cluster", { name: "landscape" });
    expect(read.text("endpoint")).toBe(world.cluster.text("endpoint"));
    expect(read.texts("vpc_config.subnet_ids")).toEqual(world.cluster.texts("vpc_config.subnet_ids"));
  });

  test("aws_kms_key is found by id, ARN and alias", () => {
    cloud.create("aws_kms_alias", { name: "alias/landscape", target_key_id: world.key.id });
    const ids = [world.key.id, world.key.text("arn"), "alias/landscape"].map((key_id) =>
      cloud.data("aws_kms_key", { key_id }).text("arn"),
    );
    expect(new Set(ids)).toEqual(new Set([world.key.text("arn")]));
  });

  test("the generic lookup finds one, and refuses to choose among several", () => {
    expect(cloud.data("aws_vpc", { cidr_block: "10.0.0.0/16" }).id).toBe(world.vpc.id);
    expect(cloud.refused(() => cloud.data("aws_subnet", { vpc_id: world.vpc.id })).summary).toBe(
      "multiple aws_subnet matched",
    );
  });

  test("account, region, partition and zones are the provider's", () => {
    const as = { account: "444455556666", region: "us-east-1" };
    expect(cloud.data("aws_caller_identity", {}, as).text("account_id")).toBe("444455556666");
    expect(cloud.data("aws_region", {}, as).text("name")).toBe("us-east-1");
    expect(cloud.data("aws_partition", {}, as).text("partition")).toBe("aws");
    expect(cloud.data("aws_availability_zones", { state: "available" }, as).texts("names")).toHaveLength(6);
  });
});

test.each([
  ["eu-west-1a", "euw1-az1"],
  ["us-east-1f", "use1-az6"],
  ["ap-southeast-2c", "apse2-az3"],
  ["eu-central-1b", "euc1-az2"],
])("zone %s has the id %s", (zone, id) => {
  expect(zonesOf(zone.slice(0, -1))).toContain(zone);
  expect(zoneId(zone)).toBe(id);
});

test.each(["10.0.0.1/16", "10.0.0.0/33", "10.0.256.0/24", "fd00::/8", "10.0.0.0"])("%s is no range", (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test("a certificate says which record proves each of its names, that of a wildcard below its domain", () => {
  const cloud = new Cloud();
  const certificate = cloud.create("aws_acm_certificate", {
    domain_name: "example.com",
    subject_alternative_names: ["*.example.com"],
    validation_method: "DNS",
  });
  const options = certificate.get("domain_validation_options") as {
    domain_name: string;
    resource_record_name: string;
  }[];
  expect(options.map(({ domain_name }) => domain_name)).toEqual(["example.com", "*.example.com"]);
  expect(options[0]?.resource_record_name).toMatch(/^_[0-9a-f]{32}\.example\.com\.$/);
  expect(options[1]?.resource_record_name).toBe(options[0]?.resource_record_name);
  cloud.close();
});
