import { objectMeta } from "./object";

export const secret = objectMeta({
  type: "kubernetes_secret_v1",
  kind: "secrets",
  defaults: { type: "Opaque", wait_for_service_account_token: true },
  replaceOn: ["type"],
  computed: () => ({ data: {} }),
});
