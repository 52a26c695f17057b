import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import type { Construct } from "constructs";

/**
 * The account that Kubernetes gives every namespace, and every pod that names none, gives no pod its token (CIS EKS 4.1.5).
 * It is there already: the provider adopts it.
 *
 * @param namespace name of the namespace
 */
export function silenceDefaultAccount(scope: Construct, namespace: string): void {
  new DefaultServiceAccountV1(scope, "default-account", {
    metadata: { name: "default", namespace },
    automountServiceAccountToken: false,
  });
}
