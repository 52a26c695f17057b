import { Cloud } from "../cloud";

const bucket = "files-111122223333";
const rule = { id: "r", status: "Enabled", filter: [{}], expiration: [{ days: 30 }] };

describe("settings of buckets", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
    cloud.create("aws_s3_bucket", { bucket });
  });
  afterEach(() => cloud.close());

  test.each([
    ["aws_s3_bucket_ownership_controls", { rule: [{ object_ownership: "Mine" }] }, "rule"],
    ["aws_s3_bucket_versioning", { versioning_configuration: [{ status: "On" }] }, "versioning_configuration"],
    [
      "aws_s3_bucket_server_side_encryption_configuration",
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES" }] }] },
      "rule",
    ],
    [
      "aws_s3_bucket_server_side_encryption_configuration",
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256", kms_master_key_id: "k" }] }] },
      "rule",
    ],
    ["aws_s3_bucket_policy", { policy: "[]" }, "policy"],
    ["aws_s3_bucket_logging", { target_bucket: "none", target_prefix: "a/" }, "target_bucket"],
    ["aws_s3_bucket_lifecycle_configuration", {}, "rule"],
    ["aws_s3_bucket_lifecycle_configuration", { rule: [rule, rule] }, "rule"],
    ["aws_s3_bucket_lifecycle_configuration", { rule: [{ ...rule, status: "On" }] }, "rule"],
    ["aws_s3_bucket_lifecycle_configuration", { rule: [{ ...rule, expiration: [] }] }, "rule"],
    [
      "aws_s3_bucket_lifecycle_configuration",
      { rule: [{ ...rule, transition: [{ days: 29, storage_class: "STANDARD_IA" }] }] },
      "rule",
    ],
  ])("%s %j", (type, config, attribute) => {
    expect(cloud.refused(() => cloud.create(type, { bucket, ...config })).path[0]).toBe(attribute);
  });

  test("versioning is suspended, and never disabled again", () => {
    const status = (text: string): object => ({ bucket, versioning_configuration: [{ status: text }] });
    const versioning = cloud.create("aws_s3_bucket_versioning", status("Enabled"));
    const refused = cloud.refused(() => cloud.update("aws_s3_bucket_versioning", versioning, status("Disabled")));
    expect(refused.summary).toContain("cannot be updated from 'Enabled' to 'Disabled'");
    expect(cloud.update("aws_s3_bucket_versioning", versioning, status("Suspended")).id).toBe(bucket);
  });

  test.each([
    ["aws_s3_bucket_versioning", { versioning_configuration: [{ status: "Enabled" }] }],
    ["aws_s3_bucket_logging", { target_bucket: bucket, target_prefix: "a/" }],
    ["aws_s3_bucket_lifecycle_configuration", { rule: [rule] }],
    [
      "aws_s3_bucket_server_side_encryption_configuration",
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }] },
    ],
  ])("%s asks for the owner of the bucket, who is part of the id", (type, config) => {
    const create = (expected_bucket_owner: string) => cloud.create(type, { bucket, ...config, expected_bucket_owner });
    expect(cloud.refused(() => create("444455556666")).path).toEqual(["expected_bucket_owner"]);
    const created = create("111122223333");
    expect(created.id).toBe(`${bucket},111122223333`);
    const { replace } = cloud.plan(type, created, { bucket, ...config, expected_bucket_owner: "444455556666" });
    expect(replace).toEqual([["expected_bucket_owner"]]);
  });

  test("a policy is about the bucket that it is put on", () => {
    const policy = (Resource: unknown): string => JSON.stringify({ Statement: [{ Effect: "Deny", Resource }] });
    const create = (Resource: unknown): unknown =>
      cloud.create("aws_s3_bucket_policy", { bucket, policy: policy(Resource) });
    const refused = cloud.refused(() => create([`arn:aws:s3:::${bucket}`, "arn:aws:s3:::other/*"]));
    expect(refused.summary).toContain("Policy has invalid resource");
    expect(refused.detail).toContain("are about other");
    expect(create([`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`])).toMatchObject({ id: bucket });
  });

  test("a bucket of another region is not there", () => {
    const config = { bucket, versioning_configuration: [{ status: "Enabled" }] };
    const create = (region: string): unknown => cloud.create("aws_s3_bucket_versioning", { ...config, region });
    expect(cloud.refused(() => create("us-east-1")).summary).toContain("api error NoSuchBucket");
    expect(create("eu-west-1")).toMatchObject({ id: bucket });
  });

  test("a bucket's hosts are of its region", () => {
    const far = cloud.create("aws_s3_bucket", { bucket: "far-111122223333", region: "us-east-1" });
    expect(far.values).toMatchObject({
      bucket_region: "us-east-1",
      bucket_regional_domain_name: "far-111122223333.s3.us-east-1.amazonaws.com",
      hosted_zone_id: "Z3AQBSTGFYJSTF",
    });
    const near = cloud.import("aws_s3_bucket", bucket);
    expect(near.text("hosted_zone_id")).toBe("Z1BKCTXD74EZPE");
    expect(cloud.create("aws_s3_bucket", { bucket: "x-1", region: "xx-none-1" }).get("hosted_zone_id")).toBe("");
  });

  test("what a lifecycle rule leaves out is what the provider says", () => {
    const created = cloud.create("aws_s3_bucket_lifecycle_configuration", { bucket, rule: [rule] });
    expect(created.values).toMatchObject({
      expected_bucket_owner: "",
      transition_default_minimum_object_size: "all_storage_classes_128K",
      rule: [
        {
          prefix: "",
          expiration: [{ date: null, days: 30, expired_object_delete_marker: false }],
          filter: [{ object_size_greater_than: null, object_size_less_than: null, prefix: "" }],
        },
      ],
    });
  });
});
