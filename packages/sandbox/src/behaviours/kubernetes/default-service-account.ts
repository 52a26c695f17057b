import { objectMeta } from "./object";

/** Every namespace has one, made by Kubernetes: the provider adopts it, and deleted it is there again at once. */
export const defaultServiceAccount = objectMeta({
  type: "kubernetes_default_service_account_v1",
  kind: "serviceaccounts",
  isAdopted: true,
  defaults: { "metadata.name": "default", automount_service_account_token: true },
  computed: () => ({ default_secret_name: "" }),
});
