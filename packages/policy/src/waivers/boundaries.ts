import type { Waiver } from "./waiver";

/** Policies that permit nothing: they are what others can permit at most. */
const BOUNDARIES = ["aws_iam_policy.pipeline_pipeline-boundary", "aws_iam_policy.pipeline_role-boundary"];

const reason = "A boundary permits nothing by itself: it is the most that policies can permit, which are judged too.";

/** Waives checkov's rules on what policies permit for those that permit nothing. */
export function boundaryWaivers(...rules: readonly string[]): readonly Waiver[] {
  return rules.map((rule) => ({
    judge: "checkov plan",
    rule,
    subjects: BOUNDARIES,
    reason,
    owner: "platform",
    expires: "2027-10-31",
  }));
}
