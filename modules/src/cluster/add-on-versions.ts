import { didYouMean, PavedError } from "@paved/model";

/** EKS add-ons of every cluster. */
export type AddOnName = "vpc-cni" | "kube-proxy" | "coredns" | "eks-pod-identity-agent" | "aws-ebs-csi-driver";

/** These do not follow the Kubernetes version. */
const SHARED = {
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.64.0-eksbuild.1",
} as const;

/**
 * Add-on builds a Kubernetes minor version runs with, as EKS gave them as default on 2026-08-27
 * (`aws eks describe-addon-versions --kubernetes-version <version>`). A minor version that is not here is not offered.
 * To add one: run that command, add the line, raise `cluster.version` in dev first.
 */
export const ADD_ON_VERSIONS: Readonly<Record<string, Readonly<Record<AddOnName, string>>>> = {
  "1.35": { ...SHARED, "kube-proxy": "v1.35.3-eksbuild.18", coredns: "v1.14.3-eksbuild.3" },
  "1.36": { ...SHARED, "kube-proxy": "v1.36.0-eksbuild.17", coredns: "v1.14.3-eksbuild.14" },
};

/** @throws PavedError PVD1002 when no add-on versions are pinned for the Kubernetes version */
export function addOnVersions(kubernetesVersion: string): Readonly<Record<AddOnName, string>> {
  const versions = Object.entries(ADD_ON_VERSIONS).find(([minor]) => minor === kubernetesVersion)?.[1];
  if (versions !== undefined) return versions;
  const known = Object.keys(ADD_ON_VERSIONS);
  throw new PavedError({
    code: "PVD1002",
    where: "cluster.version",
    got: JSON.stringify(kubernetesVersion),
    want: `a Kubernetes version that add-ons are pinned for: ${known.join(", ")}`,
    fix: didYouMean(kubernetesVersion, known),
  });
}
