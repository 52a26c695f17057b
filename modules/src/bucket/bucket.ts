import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { deriveName, type Environment } from "@paved/model";
import { Construct } from "constructs";
import { consume, type Contract, type ContractFacts, publish } from "../contract/contract";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { variableOf } from "../infrastructure-config/variable";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { type Grantee, reachAws } from "../workload-identity/grantee";
import { PrivateBucket } from "./private-bucket";

/** A bucket, in the words of who needs one. */
export interface BucketProps {
  /** Name of what it belongs to; the bucket is `paved-<environment>-<name>-<account>`. */
  readonly name: string;
  /** Bucket that says who read and wrote what: `accessLogsBucket` of `platform@1`. */
  readonly accessLogsBucket: string;
  /** Days that overwritten and deleted objects can be had back. @default 90 */
  readonly versionsKeptDays?: number;
}

/** Days after which the parts of an upload that was never finished are removed; they are billed and seen by nobody. */
const UNFINISHED_UPLOAD_DAYS = 7;

/** What a granted workload may do with the objects. */
const ACTIONS = {
  read: ["s3:GetObject"],
  "read-write": ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
} as const;

/** A bucket, made here or by another service. */
export interface IBucket {
  readonly name: string;
  readonly arn: string;
  /** Key that objects are encrypted with. */
  readonly keyArn: string;
  /** Lets the workload read objects and list them. */
  grantRead(workload: Grantee): void;
  /** Lets the workload read, write, delete and list objects. */
  grantReadWrite(workload: Grantee): void;
}

const FIELDS = { name: "string", arn: "string", keyArn: "string" } as const;

/** What a service tells others of its bucket. */
export function bucketContract(name: string): Contract<typeof FIELDS> {
  return { name: `bucket-${name}`, version: 1, fields: FIELDS };
}

/** Which bucket is granted, and by which variable the workload finds it. */
interface GrantedBucket extends ContractFacts<typeof FIELDS> {
  readonly variable: string;
  readonly region: string;
}

function grant(bucket: GrantedBucket, workload: Grantee, access: keyof typeof ACTIONS): void {
  workload.identity.allow({ actions: ACTIONS[access], resources: [`${bucket.arn}/*`] });
  workload.identity.allow({ actions: ["s3:ListBucket"], resources: [bucket.arn] });
  const keyActions = access === "read" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"];
  workload.identity.allow({ actions: keyActions, resources: [bucket.keyArn] });
  workload.provide(bucket.variable, bucket.name);
  reachAws(workload, bucket.region);
}

/**
 * A private bucket on S3: encrypted with a key of its own (checkov CKV_AWS_145), versioned, with access logs (CKV_AWS_18),
 * reached by TLS only, and open to nobody until it is granted. Unfinished uploads and old versions are removed. Publishes
 * `bucket-<name>@1`, by which other services' stacks find it.
 *
 * Cost: storage by size, requests by number, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit S3
 */
export class Bucket extends Construct implements IBucket {
  /**
   * The bucket of another service, found by its contract. Wrong names are PVD1011 at synth. The workload finds it by
   * `<NAME>_BUCKET_NAME`.
   */
  static fromName(scope: Construct, name: string): IBucket {
    const facts = consume(scope, bucketContract(name));
    const { region } = stackOf(scope).environment;
    const found = { ...facts, region, variable: variableOf(name, "bucket-name") };
    return {
      ...facts,
      grantRead: (workload) => grant(found, workload, "read"),
      grantReadWrite: (workload) => grant(found, workload, "read-write"),
    };
  }

  readonly name: string;
  /** The same as a literal, so that delivery and the catalog can write it down. */
  readonly literalName: string;
  readonly arn: string;
  readonly keyArn: string;
  /** Host that CloudFront fetches objects from. */
  readonly regionalDomainName: string;
  private readonly environment: Environment;
  private readonly key: EncryptionKey;
  private readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    const name = ["paved", this.environment.name, props.name, this.environment.account];
    this.literalName = deriveName("S3 bucket", name, this.node.path);
    this.bucket = new PrivateBucket(this, "store", { name: this.literalName });
    this.name = this.bucket.name;
    this.arn = this.bucket.arn;
    this.regionalDomainName = this.bucket.resource.bucketRegionalDomainName;
    this.key = new EncryptionKey(this, "key", {
      description: `Objects of ${name.join("-")}`,
      alias: `bucket-${props.name}`,
    });
    this.keyArn = this.key.arn;
    this.encrypt();
    this.forget(props.versionsKeptDays ?? 90);
    new S3BucketLoggingA(this, "access-logs", {
      bucket: this.name,
      targetBucket: props.accessLogsBucket,
      targetPrefix: `s3/${name.join("-")}/`,
    });
    publish(this, bucketContract(props.name), { name: this.name, arn: this.arn, keyArn: this.keyArn });
  }

  /** Lets the workload read objects and list them. It finds the bucket by `BUCKET_NAME`. */
  grantRead(workload: Grantee): void {
    grant(this.granted(), workload, "read");
  }

  /** Lets the workload read, write, delete and list objects. It finds the bucket by `BUCKET_NAME`. */
  grantReadWrite(workload: Grantee): void {
    grant(this.granted(), workload, "read-write");
  }

  /**
   * Lets one CloudFront distribution read objects, on behalf of whoever asks it. It may list the bucket too, since S3 answers
   * 403 instead of 404 for an object that is missing to who may not know what there is (S3 API reference, `GetObject`).
   * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
   */
  allowDistribution(distributionArn: string): void {
    const allow = (Sid: string, Action: string, Resource: string) =>
      this.bucket.addToPolicy({
        Sid,
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action,
        Resource,
        Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
      });
    allow("ReadByDistribution", "s3:GetObject", `${this.arn}/*`);
    allow("MissedByDistribution", "s3:ListBucket", this.arn);
    this.key.allowService("cloudfront.amazonaws.com");
  }

  private granted(): GrantedBucket {
    const { name, arn, keyArn, environment } = this;
    return { name, arn, keyArn, region: environment.region, variable: "BUCKET_NAME" };
  }

  private encrypt(): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: this.name,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.key.arn },
          // One key of the bucket's instead of one an object: hundredfold fewer requests to KMS.
          bucketKeyEnabled: true,
        },
      ],
    });
  }

  private forget(versionsKeptDays: number): void {
    new S3BucketLifecycleConfiguration(this, "retention", {
      bucket: this.name,
      rule: [
        {
          id: "forget",
          status: "Enabled",
          filter: [{}],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
          noncurrentVersionExpiration: [{ noncurrentDays: versionsKeptDays }],
        },
      ],
    });
  }
}
