import type { ActionTable } from "./type-actions";

const TAGS = ["eks:TagResource", "eks:UntagResource"];
const UPDATES = ["eks:DescribeUpdate"];

/** Clusters, their nodes, and the images that run there. */
export const clusterActions = {
  aws_ecr_lifecycle_policy: {
    reads: ["ecr:GetLifecyclePolicy"],
    writes: ["ecr:PutLifecyclePolicy", "ecr:DeleteLifecyclePolicy"],
  },
  aws_ecr_repository: {
    reads: ["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
    writes: [
      "ecr:CreateRepository",
      "ecr:DeleteRepository",
      "ecr:PutImageTagMutability",
      "ecr:PutImageScanningConfiguration",
      "ecr:TagResource",
      "ecr:UntagResource",
    ],
  },
  aws_ecr_repository_policy: {
    reads: ["ecr:GetRepositoryPolicy"],
    writes: ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"],
  },
  aws_eks_access_entry: {
    reads: ["eks:DescribeAccessEntry"],
    writes: ["eks:CreateAccessEntry", "eks:UpdateAccessEntry", "eks:DeleteAccessEntry", ...TAGS],
  },
  aws_eks_access_policy_association: {
    reads: ["eks:ListAssociatedAccessPolicies"],
    writes: ["eks:AssociateAccessPolicy", "eks:DisassociateAccessPolicy"],
  },
  aws_eks_addon: {
    reads: ["eks:DescribeAddon", ...UPDATES],
    writes: ["eks:CreateAddon", "eks:UpdateAddon", "eks:DeleteAddon", ...TAGS],
  },
  aws_eks_cluster: {
    reads: ["eks:DescribeCluster", ...UPDATES],
    writes: [
      "eks:CreateCluster",
      "eks:UpdateClusterConfig",
      "eks:UpdateClusterVersion",
      "eks:AssociateEncryptionConfig",
      "eks:DeleteCluster",
      ...TAGS,
    ],
  },
  aws_eks_node_group: {
    reads: ["eks:DescribeNodegroup", ...UPDATES],
    writes: [
      "eks:CreateNodegroup",
      "eks:UpdateNodegroupConfig",
      "eks:UpdateNodegroupVersion",
      "eks:DeleteNodegroup",
      // EKS tries the launch template with the rights of whoever makes the group.
      "ec2:RunInstances",
      ...TAGS,
    ],
  },
  aws_eks_pod_identity_association: {
    reads: ["eks:DescribePodIdentityAssociation"],
    writes: [
      "eks:CreatePodIdentityAssociation",
      "eks:UpdatePodIdentityAssociation",
      "eks:DeletePodIdentityAssociation",
      ...TAGS,
    ],
  },
  aws_launch_template: {
    reads: ["ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions"],
    writes: [
      "ec2:CreateLaunchTemplate",
      "ec2:CreateLaunchTemplateVersion",
      "ec2:ModifyLaunchTemplate",
      "ec2:DeleteLaunchTemplate",
      "ec2:CreateTags",
      "ec2:DeleteTags",
    ],
  },
} as const satisfies ActionTable;
