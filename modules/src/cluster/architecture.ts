import { PavedError } from "@paved/model";

/** Amazon Linux 2023 image kinds that EKS keeps for managed nodes. */
export type AmiType = "AL2023_ARM_64_STANDARD" | "AL2023_x86_64_STANDARD";

/** Graviton families carry a `g` right after the generation (m7g, c7gn, t4g); the first one was a1. */
const ARM = /^([a-z]+\d+g[a-z]*|a1)\./;

/**
 * The node image that fits the instance types.
 * @throws PavedError PVD1002 when they mix processor architectures: one node group has one image
 */
export function amiTypeOf(instanceTypes: readonly string[], where: string): AmiType {
  const arm = instanceTypes.filter((type) => ARM.test(type));
  if (arm.length === 0) return "AL2023_x86_64_STANDARD";
  if (arm.length === instanceTypes.length) return "AL2023_ARM_64_STANDARD";
  const other = instanceTypes.filter((type) => !ARM.test(type));
  throw new PavedError({
    code: "PVD1002",
    where,
    got: `instance types ${instanceTypes.join(", ")}`,
    want: "one processor architecture a node group",
    fix: `give ${other.join(", ")} a node group of their own`,
  });
}
