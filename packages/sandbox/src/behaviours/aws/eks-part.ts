import { type Check, refers } from "../define";

/** Parts of a cluster can only be made once it exists. */
export function clusterExists(words: { readonly doing: string; readonly call: string }): Check {
  return refers("cluster_name", "aws_eks_cluster", {
    ...words,
    by: "name",
    code: "ResourceNotFoundException",
    message: (name) => `No cluster found for name: ${name}.`,
  });
}
