import type { ApiClient } from "../api/api-client";
import { annotate } from "./annotate";

/** Namespace of Argo CD, its applications and its projects. */
export const ARGO_CD_NAMESPACE = "argocd";

/**
 * Has Argo CD look at an application's repository now, and not when it would the next time.
 * @param application its name
 * @throws ApiRefusal when there is no such application, or its user may not change it
 */
export async function refresh(client: ApiClient, application: string): Promise<void> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${ARGO_CD_NAMESPACE}/applications/${encodeURIComponent(application)}`;
  await annotate(client, path, { "argocd.argoproj.io/refresh": "normal" });
}
