import { objectMeta } from "./object";

export const resourceQuota = objectMeta({ type: "kubernetes_resource_quota_v1", kind: "resourcequotas" });
