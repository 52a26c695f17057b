import { checkName, type Environment } from "@paved/model";

/**
 * Name of the environment's cluster. Literal, so that a stack of another state can find the cluster by it.
 * @throws PavedError PVD1006, PVD1007 when it does not fit EKS
 */
export function clusterName(environment: Pick<Environment, "name">): string {
  return checkName("EKS cluster", `paved-${environment.name}`, `environment ${environment.name}`);
}
