/** Namespace of Flux, of all that it delivers from and by, and of the accounts that it delivers as. */
export const FLUX_NAMESPACE = "flux-system";
