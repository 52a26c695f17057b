import { synth } from "@paved/testing";
import { AccessLogs, Bucket, type BucketProps, PavedStack } from "../src";
import { client } from "./support/client";
import { dev, production, synthIn } from "./support/stacks";

const bucket = (stack: PavedStack, more: Partial<BucketProps> = {}) =>
  new Bucket(stack, "bucket", { name: "reports", accessLogsBucket: "access-logs", ...more });
const minimal = synthIn(dev, (stack) => void bucket(stack));
const logs = synthIn(dev, (stack) => void new AccessLogs(stack, "access-logs"));
const statements = (stack = minimal) =>
  (JSON.parse(String(stack.only("aws_s3_bucket_policy")["policy"])) as { Statement: Record<string, unknown>[] })
    .Statement;
const tlsOnly = expect.objectContaining({
  Sid: "TlsOnly",
  Effect: "Deny",
  Action: "s3:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

describe("a bucket", () => {
  test("snapshot: dev, granted to nobody", () => {
    expect(minimal.summary()).toMatchSnapshot();
  });

  test("snapshot: production, versions kept for a week, granted to two and read by a distribution", () => {
    const full = synthIn(production, (stack) => {
      const made = bucket(stack, { versionsKeptDays: 7 });
      made.grantRead(client(stack, "site"));
      made.grantReadWrite(client(stack, "reports"));
      made.allowDistribution("arn:aws:cloudfront::333333333333:distribution/E1");
    });
    expect(full.summary()).toMatchSnapshot();
  });

  test("another service's stack finds it, and its key, by its contract", () => {
    let found: ReturnType<typeof client> | undefined;
    const stacks = synth((app) => {
      bucket(new PavedStack(app, { environment: dev, name: "reports", kind: "service", owner: "growth" }));
      const other = new PavedStack(app, { environment: dev, name: "shop", kind: "service", owner: "growth" });
      Bucket.fromName(other, "reports").grantRead((found = client(other, "shop")));
    });
    const read = "data.aws_ssm_parameter.contract-bucket-reports-v1";
    expect(stacks["dev-shop"]?.at(read)["name"]).toBe("/paved/dev/bucket-reports/v1");
    expect(JSON.stringify(stacks["dev-shop"]?.only("aws_iam_role_policy"))).toContain(`${read}.insecure_value`);
    expect(Object.keys(found?.facts ?? {})).toContain("REPORTS_BUCKET_NAME");
    expect(found?.egress).toEqual([{ to: "intra-subnets", port: 443 }]);
  });

  test("has no way to be public", () => {
    expect(minimal.only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(minimal.only("aws_s3_bucket_ownership_controls")["rule"]).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  test("is encrypted with a key of its own, once for many objects", () => {
    expect(minimal.only("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: "${aws_kms_key.bucket_key_key.arn}",
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  test("answers over TLS only", () => {
    expect(statements()).toEqual([tlsOnly]);
  });

  test("writes down who read and wrote what", () => {
    expect(minimal.only("aws_s3_bucket_logging")).toMatchObject({
      target_bucket: "access-logs",
      target_prefix: "s3/paved-dev-reports-111111111111/",
    });
  });

  test("gives back what was overwritten or deleted for 90 days, and forgets unfinished uploads after 7", () => {
    expect(minimal.only("aws_s3_bucket_versioning")["versioning_configuration"]).toEqual({ status: "Enabled" });
    expect(minimal.only("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
      expect.objectContaining({
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        noncurrent_version_expiration: [{ noncurrent_days: 90 }],
      }),
    ]);
  });

  test("is never deleted with objects in it, and not at all where the environment is protected", () => {
    expect(minimal.only("aws_s3_bucket")["force_destroy"]).toBe(false);
    const kept = synthIn(production, (stack) => void bucket(stack)).only("aws_s3_bucket");
    expect(kept["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  test("who may read cannot write", () => {
    const reading = synthIn(dev, (stack) => bucket(stack).grantRead(client(stack, "site")));
    const policy = String(reading.only("aws_iam_role_policy")["policy"]);
    expect(policy).toContain("s3:GetObject");
    expect(policy).not.toMatch(/s3:(Put|Delete)Object|kms:GenerateDataKey/);
  });

  test("who is granted it finds it by name, and reaches S3 inside the network only", () => {
    let granted: ReturnType<typeof client> | undefined;
    synthIn(dev, (stack) => bucket(stack).grantReadWrite((granted = client(stack, "reports"))));
    expect(Object.keys(granted?.facts ?? {})).toEqual(["BUCKET_NAME", "AWS_REGION"]);
    expect(granted?.egress).toEqual([{ to: "intra-subnets", port: 443 }]);
  });

  test("fails with PVD1006 for a name that S3 refuses for its length", () => {
    expect(() => synthIn(dev, (stack) => void bucket(stack, { name: "r".repeat(50) }))).toThrow(/PVD1006 .*at most 63/);
  });

  test("fails with PVD1007 for a name that S3 refuses", () => {
    expect(() => synthIn(dev, (stack) => void bucket(stack, { name: "Reports" }))).toThrow(/PVD1007 .*S3 bucket/);
  });
});

describe("access logs", () => {
  test("snapshot: dev", () => {
    expect(logs.summary()).toMatchSnapshot();
  });

  test("snapshot: production", () => {
    expect(synthIn(production, (stack) => void new AccessLogs(stack, "access-logs")).summary()).toMatchSnapshot();
  });

  test("are written by AWS services for this account, each below its own prefix, and by nobody else", () => {
    const writers = statements(logs).filter((each) => each["Effect"] === "Allow");
    expect(writers.map(({ Principal, Action, Resource }) => [Principal, Action, Resource])).toEqual([
      [{ Service: "logging.s3.amazonaws.com" }, "s3:PutObject", expect.stringMatching(/\/s3\/\*$/)],
      [
        { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        "s3:PutObject",
        expect.stringMatching(/\/load-balancer\/AWSLogs\/111111111111\/\*$/),
      ],
      [{ Service: "delivery.logs.amazonaws.com" }, "s3:PutObject", expect.stringMatching(/\/cloudfront\/\*$/)],
    ]);
    expect(writers.every(({ Condition }) => JSON.stringify(Condition).includes("111111111111"))).toBe(true);
    expect(statements(logs)).toContainEqual(tlsOnly);
  });

  test("are forgotten when the environment's log retention is over", () => {
    expect(logs.only("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
      expect.objectContaining({ expiration: [{ days: dev.cluster.logRetentionDays }] }),
    ]);
  });
});
