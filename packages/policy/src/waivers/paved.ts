import type { Waiver } from "./waiver";

const owner = "platform";
const expires = "2027-10-31";

/** Policies that permit nothing: they are what others can permit at most. */
const BOUNDARIES = ["aws_iam_policy.pipeline_pipeline-boundary", "aws_iam_policy.pipeline_role-boundary"];
const MOST =
  "A boundary permits nothing by itself: it is the most that policies can permit, which the other rules judge.";

/** Own rules that do not fit somewhere, each with what is done instead. */
export const PAVED_WAIVERS: readonly Waiver[] = [
  { judge: "paved", rule: "AWS-IAM-002", subjects: BOUNDARIES, reason: MOST, owner, expires },
  { judge: "paved", rule: "AWS-IAM-003", subjects: BOUNDARIES, reason: MOST, owner, expires },
  {
    judge: "paved",
    rule: "AWS-IAM-004",
    subjects: ["aws_iam_policy.pipeline_pipeline-boundary", "aws_iam_role_policy.pipeline_apply_identity"],
    reason:
      "The pipeline makes the fleet's roles, by their names alone and only under a boundary; it cannot write its own.",
    owner,
    expires,
  },
];
