import type { Environment } from "@paved/model";
import { pipelineRoleArn } from "../iam/pipeline-role";
import { policyDocument } from "../iam/policy";

/** Whose secret it is. */
export interface SecretPolicyFacts {
  readonly secretArn: string;
  /** Role that puts the value. */
  readonly writerArn: string;
  readonly environment: Pick<Environment, "name" | "account">;
}

/** Role of what hands secrets to pods: the only one that reads their values. */
export function secretReaderArn({ name, account }: Pick<Environment, "name" | "account">): string {
  return `arn:aws:iam::${account}:role/paved-${name}-external-secrets`;
}

/**
 * Who may do what with the value, whatever IAM of the account permits besides: External Secrets alone reads it, and the
 * owning team alone puts it, which it needs no policy of its own for. The pipeline is not kept from `UpdateSecret`, by
 * which it changes key and description.
 *
 * Source: Secrets Manager user guide, "Resource-based policies".
 */
export function secretPolicy({ secretArn, writerArn, environment }: SecretPolicyFacts): string {
  const denied = (Sid: string, Action: readonly string[], except: readonly string[]) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: secretArn,
    Condition: { ArnNotEquals: { "aws:PrincipalArn": except } },
  });
  return policyDocument([
    {
      Sid: "PutByItsTeam",
      Effect: "Allow",
      Principal: { AWS: writerArn },
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:ListSecretVersionIds",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: secretArn,
    },
    denied("ReadByExternalSecretsAlone", ["secretsmanager:GetSecretValue"], [secretReaderArn(environment)]),
    denied(
      "PutByNobodyElse",
      ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret", "secretsmanager:UpdateSecretVersionStage"],
      [writerArn, pipelineRoleArn(environment)],
    ),
  ]);
}
