import type { KubernetesObject } from "@paved/control-plane";
import { customResourceDefinitions } from "@paved/judges";
import { Workspace } from "@paved/pipeline";
import { root } from "../sources";

/** Definitions of the kinds of the platform's add-ons, from where the judges of this checkout keep them. */
export async function addOnDefinitions(): Promise<readonly KubernetesObject[]> {
  const { judges: home, judgeRequirements: requirements } = new Workspace(root);
  const definitions = await customResourceDefinitions({ home, requirements });
  return definitions as readonly KubernetesObject[];
}
