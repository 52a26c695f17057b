import type { ApiClient } from "../api/api-client";
import { mergePatch } from "./annotate";
import { applicationPath } from "./refresh";

/**
 * Has Argo CD end the sync that an application is at, as `argocd app terminate-op` does. One that is deleted goes only then
 * (v3.6.1, controller/appcontroller.go, processAppOperationQueueItem), and one that is tried again without an end would never.
 * @param application its name
 * @throws ApiRefusal when there is no such application, it is at no sync, or its user may not change it
 */
export async function endSync(client: ApiClient, application: string): Promise<void> {
  await mergePatch(client, applicationPath(application), { status: { operationState: { phase: "Terminating" } } });
}
