import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { deriveName, type Environment } from "@paved/model";
import { Construct } from "constructs";
import { PrivateBucket } from "../bucket/private-bucket";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/**
 * Name of the bucket with the environment's access logs. Literal, so that delivery can write it into a manifest.
 * @throws PavedError PVD1006, PVD1007 when it does not fit S3
 */
export function accessLogsBucketName({ name, account }: Pick<Environment, "name" | "account">): string {
  return deriveName("S3 bucket", ["paved", name, "access-logs", account], `environment ${name}`);
}

/** First part of the object names, by who writes them. */
export const ACCESS_LOG_PREFIXES = { s3: "s3", loadBalancer: "load-balancer", cloudFront: "cloudfront" } as const;

/**
 * Who asked what of buckets, load balancers and distributions: one bucket an environment that the AWS services write to
 * and nobody else does. Encrypted by S3 itself, since access logs of S3 and of load balancers can be written with no other
 * key (S3 user guide, "Enabling server access logging"; ELB user guide, "Access logs").
 *
 * Cost: storage by size; entries are removed when the environment's log retention is over.
 */
export class AccessLogs extends Construct {
  readonly bucketName: string;
  readonly bucketArn: string;
  private readonly environment: Environment;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    const bucket = new PrivateBucket(this, "store", { name: accessLogsBucketName(this.environment) });
    this.bucketName = bucket.name;
    this.bucketArn = bucket.arn;
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: this.bucketName,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    this.forget();
    for (const statement of this.writers()) bucket.addToPolicy(statement);
  }

  private writers(): object[] {
    const { account } = this.environment;
    const mine = { StringEquals: { "aws:SourceAccount": account } };
    const writer = (Sid: string, Service: string, prefix: string, Condition: object) => ({
      Sid,
      Effect: "Allow",
      Principal: { Service },
      Action: "s3:PutObject",
      Resource: `${this.bucketArn}/${prefix}/*`,
      Condition,
    });
    const { s3, loadBalancer, cloudFront } = ACCESS_LOG_PREFIXES;
    return [
      writer("FromBuckets", "logging.s3.amazonaws.com", s3, mine),
      writer(
        "FromLoadBalancers",
        "logdelivery.elasticloadbalancing.amazonaws.com",
        `${loadBalancer}/AWSLogs/${account}`,
        {
          ArnLike: {
            "aws:SourceArn": `arn:aws:elasticloadbalancing:${this.environment.region}:${account}:loadbalancer/*`,
          },
        },
      ),
      writer("FromDistributions", "delivery.logs.amazonaws.com", cloudFront, {
        StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike: { "aws:SourceArn": `arn:aws:logs:us-east-1:${account}:delivery-source:*` },
      }),
    ];
  }

  private forget(): void {
    const days = this.environment.cluster.logRetentionDays;
    new S3BucketLifecycleConfiguration(this, "retention", {
      bucket: this.bucketName,
      rule: [
        {
          id: "forget",
          status: "Enabled",
          filter: [{}],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          expiration: [{ days }],
          noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
        },
      ],
    });
  }
}
