/** What may deliver to an environment, from the same rendered folders. */
export const DELIVERERS = ["argo-cd", "flux"] as const;

/** One of {@link DELIVERERS}. */
export type Deliverer = (typeof DELIVERERS)[number];

/** What people call it. */
export const DELIVERER_TITLES: Readonly<Record<Deliverer, string>> = { "argo-cd": "Argo CD", flux: "Flux" };

/** What delivers to an environment: Argo CD, where it says nothing. */
export function delivererOf({ delivery }: { readonly delivery: { readonly by?: Deliverer } }): Deliverer {
  return delivery.by ?? "argo-cd";
}
