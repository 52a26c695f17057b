import type { Environment } from "@paved/model";
import type { PolicyStatement } from "../iam/policy";

type Place = Pick<Environment, "name" | "account" | "state">;

/** To see the environment's states, and nothing else of their bucket. */
export function stateReads(place: Place): readonly PolicyStatement[] {
  const { bucket, states } = stateArns(place);
  return [
    { actions: ["s3:GetObject"], resources: [states] },
    {
      actions: ["s3:ListBucket"],
      resources: [bucket],
      conditions: { StringLike: { "s3:prefix": [`${place.name}/*`] } },
    },
    // A plan is encrypted too, with a data key that is made for it.
    keyStatement(place, ["kms:Decrypt", "kms:GenerateDataKey"]),
  ];
}

/** To write them too, each under its lock. A state is never deleted: the bucket keeps its versions. */
export function stateWrites(place: Place): readonly PolicyStatement[] {
  const { states, locks } = stateArns(place);
  return [
    { actions: ["s3:PutObject"], resources: [states] },
    { actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources: [locks] },
  ];
}

function stateArns({ name, state }: Place): { bucket: string; states: string; locks: string } {
  const bucket = `arn:aws:s3:::${state.bucket}`;
  return { bucket, states: `${bucket}/${name}/*.tfstate`, locks: `${bucket}/${name}/*.tflock` };
}

/**
 * The key of the account's states, and those of single ones. An alias is no resource in IAM; the key that it stands for is
 * found by the condition.
 */
function keyStatement({ name, account, state }: Place, actions: readonly string[]): PolicyStatement {
  return {
    actions,
    resources: [`arn:aws:kms:${state.region}:${account}:key/*`],
    conditions: {
      "ForAnyValue:StringLike": { "kms:ResourceAliases": [state.kmsKeyAlias, `alias/paved/${name}/state/*`] },
    },
  };
}
