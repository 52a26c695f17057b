/**
 * Most pods of a node. With prefixes instead of single addresses every instance type has addresses for as many; it is what
 * EKS recommends below 30 vCPU, and what the kubelet has by default (EKS user guide, "Choosing an optimal EC2 instance").
 */
export const MAX_PODS = 110;

/**
 * What nodes are told when they start, in the form EC2 takes: EKS puts how they join the cluster before it (EKS user guide,
 * "Customize managed nodes with launch templates"). Without it the kubelet counts single addresses: 29 pods on a large node.
 */
export function nodeConfig(): string {
  const document = [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    "Content-Type: application/node.eks.aws",
    "",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${MAX_PODS}`,
    "",
    "--//--",
    "",
  ].join("\n");
  return Buffer.from(document).toString("base64");
}
