import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { PavedError } from "@paved/model";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";

/** What a role may do in the whole cluster, as EKS defines it (EKS user guide, "Access policy permissions"). */
const POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  "admin-view": "AmazonEKSAdminViewPolicy",
} as const;

/** Who gets into the cluster, and as what. */
export interface ClusterAccessProps {
  /** IAM role of the people or the pipeline. */
  readonly principalArn: string;
  /** What it may do everywhere. @default - nothing by itself, only what its groups may */
  readonly policy?: keyof typeof POLICIES;
  /** Kubernetes groups it belongs to, for example `team:commerce`. @default - none */
  readonly groups?: readonly string[];
}

/** Prefixes that EKS keeps for itself (EKS user guide, "Create access entries"). */
const RESERVED_GROUP = /^(system:|eks:|aws:|amazon:|iam:)/;

/**
 * One role's way into the cluster: an access entry, which is seen in IAM's terms and in the audit log.
 *
 * Cost: nothing is billed for access entries.
 *
 * @throws PavedError PVD1025 when neither policy nor group is given, or a group has a name that EKS keeps for itself
 */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAccessProps & { readonly clusterName: string }) {
    super(scope, id);
    recordOrigin(this);
    this.check(props);
    const { clusterName, principalArn } = props;
    const entry = new EksAccessEntry(this, "entry", {
      clusterName,
      principalArn,
      type: "STANDARD",
      kubernetesGroups: props.groups === undefined ? undefined : [...props.groups],
    });
    if (props.policy === undefined) return;
    new EksAccessPolicyAssociation(this, "policy", {
      clusterName,
      principalArn,
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${POLICIES[props.policy]}`,
      accessScope: { type: "cluster" },
      dependsOn: [entry],
    });
  }

  private check({ policy, groups = [] }: ClusterAccessProps): void {
    const reserved = groups.find((group) => RESERVED_GROUP.test(group));
    if (reserved === undefined && (policy !== undefined || groups.length > 0)) return;
    throw new PavedError({
      code: "PVD1025",
      where: this.node.path,
      got: reserved === undefined ? "neither policy nor group" : `group ${JSON.stringify(reserved)}`,
      want: "a policy, or groups whose names EKS does not keep for itself",
      fix: reserved === undefined ? "name what the role is for" : "call it for example team:commerce",
    });
  }
}
