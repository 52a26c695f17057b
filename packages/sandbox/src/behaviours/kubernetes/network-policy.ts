import { objectMeta } from "./object";

export const networkPolicy = objectMeta({
  type: "kubernetes_network_policy_v1",
  kind: "networkpolicies.networking.k8s.io",
});
