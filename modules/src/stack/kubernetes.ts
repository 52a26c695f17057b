import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import { clusterName } from "../cluster/cluster-name";
import { contractId } from "../contract/contract";
import { contractLedger } from "../contract/ledger";
import { clusterContract } from "../contract/platform-contracts";
import type { PavedStack } from "./paved-stack";

/**
 * How to reach the environment's cluster. From a data source by literal name and never from the cluster's own resource:
 * a provider whose address is unknown at plan talks to localhost. Tokens are fetched when needed, so none is in a plan.
 */
function connection(stack: PavedStack) {
  const id = "kubernetes-cluster";
  const name = clusterName(stack.environment);
  const cluster =
    (stack.node.tryFindChild(id) as DataAwsEksCluster | undefined) ?? new DataAwsEksCluster(stack, id, { name });
  // The cluster's stack comes first, also for a stack that needs none of the facts it publishes.
  contractLedger(stack).consume(stack, contractId(clusterContract));
  return {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", name, "--region", stack.environment.region],
    },
  };
}

/** Lets the stack make Kubernetes objects in the environment's cluster. Called again, it changes nothing. */
export function useKubernetes(stack: PavedStack): void {
  if (stack.node.tryFindChild("kubernetes") !== undefined) return;
  const { exec, ...rest } = connection(stack);
  new KubernetesProvider(stack, "kubernetes", { ...rest, exec: [exec] });
  stack.qualifyProvider("kubernetes");
}

/** Lets the stack install Helm charts in the environment's cluster. Called again, it changes nothing. */
export function useHelm(stack: PavedStack): void {
  if (stack.node.tryFindChild("helm") !== undefined) return;
  new HelmProvider(stack, "helm", { kubernetes: connection(stack) });
  stack.qualifyProvider("helm");
}
