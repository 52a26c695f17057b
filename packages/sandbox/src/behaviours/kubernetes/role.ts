import { objectMeta } from "./object";

export const role = objectMeta({ type: "kubernetes_role_v1", kind: "roles.rbac.authorization.k8s.io", rbac: true });
