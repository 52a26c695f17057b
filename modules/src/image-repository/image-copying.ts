import type { Environment } from "@paved/model";
import { pipelineRoleArn } from "../iam/pipeline-role";
import { policyDocument, type PolicyStatement } from "../iam/policy";

/**
 * What it takes to copy an image with its platforms and signatures: signatures stand at tags, which are listed, or refer to
 * the image, which counts as getting it (ECR API reference, ListImageReferrers).
 */
const READS = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"];

/** What it takes to push one, and to see whether it is there already. */
const WRITES = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

type Place = Pick<Environment, "account" | "region">;

/**
 * Policy of a repository whose images other accounts may copy. A principal has to exist when a policy names it, and an
 * environment may come to be later than this one was applied: so the account is let in, and of it one role alone.
 */
export function copyingPolicy(readers: readonly Pick<Environment, "account">[]): string {
  return policyDocument(
    readers.map((reader) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${reader.account}:root` },
      Action: READS,
      Condition: { ArnEquals: { "aws:PrincipalArn": pipelineRoleArn(reader, "copy") } },
    })),
  );
}

/** What the role may that copies: read images of the sources, push them into its own account, and nothing else. */
export function copyingStatements(place: Place, sources: readonly Place[]): readonly PolicyStatement[] {
  const regions = [...new Set([place, ...sources].map(({ region }) => region))];
  return [
    { actions: READS, resources: sources.map(repositories) },
    { actions: WRITES, resources: [repositories(place)] },
    {
      actions: ["ecr:GetAuthorizationToken"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": regions } },
    },
  ];
}

function repositories({ account, region }: Place): string {
  return `arn:aws:ecr:${region}:${account}:repository/*`;
}
