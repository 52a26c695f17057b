import type { Environment } from "@paved/model";
import type { PolicyConditions } from "../iam/policy";

/** The service that hands credentials to pods. */
export const POD_IDENTITY_SERVICE = "pods.eks.amazonaws.com";
/** What it calls; the session tags are what the conditions below read. */
export const POD_IDENTITY_ACTIONS = ["sts:AssumeRole", "sts:TagSession"] as const;

/** Pods that may use an identity. */
export interface PodSelection {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * Conditions under which pods get a role: this account, this cluster, this namespace, this service account. Without them
 * anyone who may write an association could hand the role to other pods (EKS user guide, "EKS Pod Identity role").
 */
export function podIdentityConditions(
  { account, region }: Pick<Environment, "account" | "region">,
  { clusterName, namespace, serviceAccount }: PodSelection,
): PolicyConditions {
  return {
    StringEquals: {
      "aws:SourceAccount": account,
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    },
    ArnEquals: { "aws:SourceArn": `arn:aws:eks:${region}:${account}:cluster/${clusterName}` },
  };
}
