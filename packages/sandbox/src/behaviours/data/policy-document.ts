import { Refusal } from "../../protocol/diagnostics";
import { defineData } from "./define";

/** It computes without asking AWS, so that a reviewer reads the result only in the plan. */
export const policyDocument = defineData({
  type: "aws_iam_policy_document",
  read: () => {
    throw new Refusal(
      "aws_iam_policy_document is not supported by the sandbox",
      "Write the policy where it is used, as a JSON document in TypeScript: then it is typed, and the synthesized output shows it.",
    );
  },
});
