import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument } from "../iam/policy";
import { amend } from "../stack/making";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";

/** What every bucket of the platform has in common. */
export interface PrivateBucketProps {
  /** Full name, unique in all of AWS. */
  readonly name: string;
}

/**
 * The part all buckets share: nothing in it can be public (CIS AWS 2.1.4, Security Hub S3.8), objects belong to the
 * account and have no ACLs (S3.12), an overwritten or deleted object can be had back (S3.14), and no call without TLS
 * (S3.5). OpenTofu never deletes it with objects in it.
 */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly resource: S3Bucket;
  private readonly policy: S3BucketPolicy;
  private readonly statements: object[] = [];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.resource = new S3Bucket(this, "bucket", {
      bucket: props.name,
      forceDestroy: false,
      lifecycle: statefulLifecycle(stackOf(this).environment),
    });
    this.name = this.resource.bucket;
    this.arn = this.resource.arn;
    const closed = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket: this.name,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket: this.name,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketVersioningA(this, "versioning", {
      bucket: this.name,
      versioningConfiguration: { status: "Enabled" },
    });
    // S3 refuses two changes of a bucket's access at the same moment.
    this.policy = new S3BucketPolicy(this, "policy", { bucket: this.name, policy: "", dependsOn: [closed] });
    this.addToPolicy({
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [this.arn, `${this.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  }

  /** Adds a statement to the bucket's policy. */
  addToPolicy(statement: object): void {
    this.statements.push(statement);
    amend(this.policy, { policy: policyDocument(this.statements) });
  }
}
