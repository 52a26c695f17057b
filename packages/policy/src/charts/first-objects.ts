import type { EnvironmentEntry } from "@paved/model";
import { firstApplications } from "../rule/argo-application";
import { firstProjects } from "../rule/argo-project";
import { firstKustomizations } from "../rule/flux-kustomization";
import { all, either, type Shape, someOf } from "../rule/shape";

/** The objects from which all that is delivered follows, of Argo CD and of Flux: these and no others, each by its name. */
export function firstObjects(environment: EnvironmentEntry): Shape {
  const objects = [
    ...firstProjects(environment),
    ...firstApplications(environment),
    ...firstKustomizations(environment),
  ];
  return all({ objects: someOf(either(...objects)) });
}
