import { objectMeta } from "./object";

export const serviceAccount = objectMeta({
  type: "kubernetes_service_account_v1",
  kind: "serviceaccounts",
  defaults: { automount_service_account_token: true },
  computed: () => ({ default_secret_name: "" }),
});
