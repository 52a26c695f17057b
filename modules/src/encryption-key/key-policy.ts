import type { Environment } from "@paved/model";
import { policyDocument } from "../iam/policy";

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

type Place = Pick<Environment, "account" | "region">;

/**
 * Nodes' disks are opened by the role that EC2 Auto Scaling works with, which IAM policies of ours cannot reach.
 * Source: EC2 Auto Scaling user guide, "Required AWS KMS key policy for use with encrypted volumes".
 */
function autoScalingStatements({ account }: Place): object[] {
  const role = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  return [
    { Sid: "UseByAutoScaling", Effect: "Allow", Principal: { AWS: role }, Action: USE, Resource: "*" },
    {
      Sid: "GrantsByAutoScaling",
      Effect: "Allow",
      Principal: { AWS: role },
      Action: ["kms:CreateGrant"],
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** Source: CloudWatch Logs user guide, "Encrypt log data": the encryption context names the log group. */
function logsStatement(service: string, { account, region }: Place): object {
  return {
    Sid: "UseByCloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: service },
    Action: USE,
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
  };
}

/** Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin": the request names the distribution. */
function cloudFrontStatement({ account }: Place): object {
  return {
    Sid: "UseByCloudFront",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: ["kms:Decrypt"],
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${account}:distribution/*` } },
  };
}

function serviceStatement(service: string, index: number, { account }: Place): object {
  return {
    Sid: `UseByService${index + 1}`,
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/** A role that uses the key through one AWS service, and in no other way. */
export interface KeyUser {
  readonly roleArn: string;
  /** First part of the service's address, for example `secretsmanager`. */
  readonly through: string;
}

/** Source: KMS developer guide, "kms:ViaService". */
function userStatement({ roleArn, through }: KeyUser, index: number, { region }: Place): object {
  return {
    Sid: `UseByRole${index + 1}`,
    Effect: "Allow",
    Principal: { AWS: roleArn },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": `${through}.${region}.amazonaws.com` } },
  };
}

/**
 * The key policy: IAM of the account decides who may use and administer the key, and the named services and roles may use
 * it for this account only. No principal is a wildcard (checkov CKV_AWS_33).
 */
export function keyPolicy(place: Place, services: readonly string[], users: readonly KeyUser[]): string {
  const root = {
    Sid: "AdministeredByIam",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${place.account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const statements = services.flatMap((service, index) => {
    if (service === "autoscaling.amazonaws.com") return autoScalingStatements(place);
    if (service === "cloudfront.amazonaws.com") return [cloudFrontStatement(place)];
    return service.startsWith("logs.") ? [logsStatement(service, place)] : [serviceStatement(service, index, place)];
  });
  const roles = users.map((user, index) => userStatement(user, index, place));
  return policyDocument([root, ...statements, ...roles]);
}
