import { objectMeta } from "./object";

/** The API server refuses to change what a binding refers to, but not to bind a role that is not there yet. */
export const roleBinding = objectMeta({
  type: "kubernetes_role_binding_v1",
  kind: "rolebindings.rbac.authorization.k8s.io",
  rbac: true,
  defaults: { "subject.namespace": "default" },
  replaceOn: ["role_ref"],
});
