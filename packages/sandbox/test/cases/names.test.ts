import { Cloud } from "../cloud";
import { distribution } from "../given";

describe("certificates", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());
  const region = "us-east-1";
  const request = (domain_name: string, ...subject_alternative_names: string[]) =>
    cloud.create("aws_acm_certificate", { region, domain_name, subject_alternative_names, validation_method: "DNS" });

  test.each([
    [{}, "domain_name"],
    [{ domain_name: "a.example.com", private_key: "k" }, "domain_name"],
    [{ domain_name: "example.com." }, "domain_name"],
    [{ domain_name: "a.example.com", subject_alternative_names: ["*"] }, "subject_alternative_names"],
  ])("no certificate of %j", (config, attribute) => {
    expect(cloud.refused(() => cloud.create("aws_acm_certificate", config)).path).toEqual([attribute]);
  });

  test("a certificate that is imported is issued already", () => {
    const imported = cloud.create("aws_acm_certificate", { private_key: "k", certificate_body: "b" });
    expect([imported.text("status"), imported.text("type")]).toEqual(["ISSUED", "IMPORTED"]);
  });

  test("validating waits for the record of each name", () => {
    const certificate = request("a.example.com", "b.example.com");
    const options = certificate.get("domain_validation_options") as { resource_record_name: string }[];
    const [first, second] = options.map(({ resource_record_name: name }) => name.replace(/\.$/, ""));
    const validate = (...validation_record_fqdns: unknown[]) =>
      cloud.create("aws_acm_certificate_validation", {
        region,
        certificate_arn: certificate.id,
        validation_record_fqdns,
      });
    expect(cloud.refused(() => validate(first)).summary).toContain("missing b.example.com DNS validation record");
    const both = [validate(first, second), validate(first, second)];
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
  });

  test("a certificate that a distribution shows cannot be deleted", () => {
    const certificate = request("shop.example.com");
    cloud.create("aws_acm_certificate_validation", { region, certificate_arn: certificate.id });
    const site = cloud.create("aws_cloudfront_distribution", {
      ...distribution({ aliases: ["shop.example.com"] }),
      viewer_certificate: [{ acm_certificate_arn: certificate.id, ssl_support_method: "sni-only" }],
    });
    expect(cloud.refused(() => cloud.destroy("aws_acm_certificate", certificate)).detail).toContain(site.id);
    cloud.destroy("aws_cloudfront_distribution", site);
    cloud.destroy("aws_acm_certificate", certificate);
  });
});

describe("zones and records", () => {
  let cloud: Cloud;
  let zone_id: string;
  beforeEach(() => {
    cloud = new Cloud();
    zone_id = cloud.create("aws_route53_zone", { name: "example.com" }).id;
  });
  afterEach(() => cloud.close());
  const record = (name: string, type: string, more: object = {}) =>
    cloud.create("aws_route53_record", { zone_id, name, type, ttl: 60, records: ["x"], ...more });

  test.each([
    ["www.example.com", "www.example.com"],
    ["www", "www.example.com"],
    ["WWW.example.com.", "www.example.com"],
    ["", "example.com"],
    ["notexample.com", "notexample.com.example.com"],
  ])("a record %j is %s", (name, fqdn) => {
    expect(record(name, "A").text("fqdn")).toBe(fqdn);
  });

  test("a record is there once, however its name is written, unless it may be overwritten", () => {
    record("www", "A");
    expect(cloud.refused(() => record("www.example.com", "A")).path).toEqual(["type"]);
    expect(record("www", "TXT").text("fqdn")).toBe("www.example.com");
    expect(record("www", "A", { allow_overwrite: true }).text("fqdn")).toBe("www.example.com");
    const weight = { set_identifier: "b", weighted_routing_policy: [{ weight: 1 }] };
    expect(record("www", "A", weight).id).toBe(`${zone_id}_www_A_b`);
  });

  test("a CNAME is the only record of its name, and never the zone's own", () => {
    expect(cloud.refused(() => record("example.com", "CNAME")).summary).toContain("not permitted at apex");
    record("www", "CNAME");
    expect(cloud.refused(() => record("www", "TXT")).summary).toContain("conflicts with other records");
    record("api", "A");
    expect(cloud.refused(() => record("api", "CNAME")).summary).toContain("conflicts with other records");
  });

  test.each([
    [{ records: null, ttl: null }, "records"],
    [{ ttl: null }, "records"],
    [{ alias: [{ name: "a", zone_id: "Z", evaluate_target_health: false }] }, "records"],
    [{ records: null, alias: [{ name: "a", zone_id: "Z", evaluate_target_health: false }] }, "ttl"],
  ])("no record with %j", (wrong, attribute) => {
    expect(cloud.refused(() => record("www", "A", wrong)).path).toEqual([attribute]);
  });

  test("a private zone is for networks that exist, and another one by name", () => {
    const create = (vpc_id: string) => cloud.create("aws_route53_zone", { name: "example.com", vpc: [{ vpc_id }] });
    expect(cloud.refused(() => create("vpc-none")).summary).toContain("InvalidVPCId");
    const network = cloud.create("aws_vpc", { cidr_block: "10.0.0.0/16" });
    expect(create(network.id).get("vpc")).toEqual([{ vpc_id: network.id, vpc_region: "eu-west-1" }]);
  });

  test("a zone that may be forced goes with its records", () => {
    const zone = cloud.create("aws_route53_zone", { name: "example.org", force_destroy: true });
    cloud.create("aws_route53_record", { zone_id: zone.id, name: "a", type: "A", ttl: 60, records: ["x"] });
    cloud.destroy("aws_route53_zone", zone);
    expect(cloud.read("aws_route53_zone", zone)).toBeNull();
  });
});

test("logs of CloudFront are handed over in us-east-1 alone, for distributions that exist", () => {
  const cloud = new Cloud();
  const resource_arn = cloud.create("aws_cloudfront_distribution", distribution({})).text("arn");
  const create = (more: object) =>
    cloud.create("aws_cloudwatch_log_delivery_source", { name: "a", log_type: "ACCESS_LOGS", resource_arn, ...more });
  expect(cloud.refused(() => create({})).summary).toContain("are in us-east-1, not in eu-west-1");
  const unknown = { resource_arn: "arn:aws:cloudfront::111122223333:distribution/E1" };
  expect(cloud.refused(() => create(unknown)).summary).toContain("api error ResourceNotFoundException");
  expect(create({ region: "us-east-1" }).text("service")).toBe("cloudfront");
  cloud.close();
});

test("logs change their bucket, and get another destination when they go elsewhere", () => {
  const cloud = new Cloud();
  const to = (destination_resource_arn: string): object => ({
    name: "a",
    delivery_destination_configuration: [{ destination_resource_arn }],
  });
  const type = "aws_cloudwatch_log_delivery_destination";
  const created = cloud.create(type, to("arn:aws:s3:::one"));
  expect(cloud.update(type, created, to("arn:aws:s3:::two")).text("delivery_destination_type")).toBe("S3");
  const logs = to("arn:aws:logs:eu-west-1:111122223333:log-group:/a");
  expect(cloud.plan(type, created, logs).replace).toEqual([
    ["delivery_destination_configuration", 0, "destination_resource_arn"],
  ]);
  expect(cloud.create(type, { ...logs, name: "b" }).text("delivery_destination_type")).toBe("CWL");
  cloud.close();
});
