import { boundaryWaivers } from "./boundaries";
import type { Waiver } from "./waiver";

/** Own rules that do not fit somewhere, each with what is done instead. */
export const PAVED_WAIVERS: readonly Waiver[] = [
  ...boundaryWaivers("paved", "AWS-IAM-002", "AWS-IAM-003"),
  {
    judge: "paved",
    rule: "AWS-IAM-004",
    subjects: ["aws_iam_policy.pipeline_pipeline-boundary", "aws_iam_role_policy.pipeline_apply_identity"],
    reason:
      "The pipeline makes the fleet's roles, by their names alone and only under a boundary; it cannot write its own.",
    owner: "platform",
    expires: "2027-10-31",
  },
];
