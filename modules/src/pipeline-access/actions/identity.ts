import type { ActionTable } from "./type-actions";

/**
 * Roles and what they may. Of the policies and the provider that stand in the access stack the pipeline only sees: who
 * may write those decides what the pipeline itself may.
 */
export const identityActions = {
  aws_iam_openid_connect_provider: { reads: ["iam:GetOpenIDConnectProvider"], writes: [] },
  aws_iam_policy: { reads: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"], writes: [] },
  aws_iam_role: {
    reads: [
      "iam:GetRole",
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRoleTags",
    ],
    writes: [
      "iam:CreateRole",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "iam:UpdateAssumeRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:DeleteRole",
      "iam:TagRole",
      "iam:UntagRole",
    ],
  },
  aws_iam_role_policy: { reads: ["iam:GetRolePolicy"], writes: ["iam:PutRolePolicy", "iam:DeleteRolePolicy"] },
  aws_iam_role_policy_attachment: {
    reads: ["iam:ListAttachedRolePolicies"],
    writes: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
  },
} as const satisfies ActionTable;
