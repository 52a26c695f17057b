import { Refusal } from "../../protocol/diagnostics";
import { defineData } from "./define";

export const eksCluster = defineData({
  type: "aws_eks_cluster",
  read: (query) => {
    const name = query.text("name");
    const found = query.find("aws_eks_cluster", "name", name);
    if (found !== undefined) return { ...found.values };
    const summary = `reading EKS Cluster (${name}): operation error EKS: DescribeCluster, api error ResourceNotFoundException: No cluster found for name: ${name}.`;
    throw new Refusal(summary, "Apply the stack that creates the cluster first, or correct the name.", ["name"]);
  },
});
