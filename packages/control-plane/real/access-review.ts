import type { ApiClient } from "../src";

/** What somebody may want to do. */
export interface Access {
  readonly verb: string;
  /** For example `apps`. @default - Kubernetes' own first kinds, such as pods and secrets */
  readonly group?: string;
  /** For example `deployments`. */
  readonly resource: string;
  /** Where; empty for what is of the whole cluster. */
  readonly namespace: string;
}

/** Whether the API server would let a user do it. */
export async function isAllowed(client: ApiClient, user: string, access: Access): Promise<boolean> {
  const review = await client.send<{ readonly status: { readonly allowed: boolean } }>({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SubjectAccessReview",
      spec: { user, resourceAttributes: access },
    },
  });
  return review.status.allowed;
}
