import type { ApiClient } from "../api/api-client";
import { annotate } from "./annotate";

/** Namespace of Argo CD, its applications and its projects. */
export const ARGO_CD_NAMESPACE = "argocd";
/** Where the API server has its applications. */
export const APPLICATIONS = `/apis/argoproj.io/v1alpha1/namespaces/${ARGO_CD_NAMESPACE}/applications`;

/** Where it has the one of that name. */
export function applicationPath(name: string): string {
  return `${APPLICATIONS}/${encodeURIComponent(name)}`;
}

/**
 * Has Argo CD look at an application's repository now, and not when it would the next time.
 * @param application its name
 * @throws ApiRefusal when there is no such application, or its user may not change it
 */
export async function refresh(client: ApiClient, application: string): Promise<void> {
  await annotate(client, applicationPath(application), { "argocd.argoproj.io/refresh": "normal" });
}
