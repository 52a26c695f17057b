/** Namespace that Flux runs in, with all that it delivers from and by, and the accounts that it delivers as. */
export const FLUX_NAMESPACE = "flux-system";
/** Folder, below the environment's, with the Kustomizations themselves. */
export const KUSTOMIZATIONS_FOLDER = "_flux";
/** The delivery repository, and the first Kustomization. No service can be called so. */
export const DELIVERIES = FLUX_NAMESPACE;
/** The same of the Gateway API's kinds. */
export const GATEWAY_KINDS = "gateway";
/** Accounts of those two. No service can have a dot in its name. */
export const FIRST_ACCOUNTS = { deliveries: "paved.kustomizations", gatewayKinds: "paved.gateway-kinds" } as const;
/** What the accounts of services may do in their own namespaces: a role of the cluster that is bound in each of them. */
export const SERVICE_DELIVERY_ROLE = "paved:service-delivery";
/** What the account of the platform's own folder may do in each namespace that it delivers to, bound in the same way. */
export const PLATFORM_DELIVERY_ROLE = "paved:platform-delivery";

/** Account in Flux's namespace that a service is delivered as, or the platform's own folder as `platform`. */
export function deliveryAccount(unit: string): string {
  return `deliver-${unit}`;
}
