/** Environment variable by names of services and what is theirs: `stripe-api-key` is `STRIPE_API_KEY`. */
export function variableOf(...names: readonly string[]): string {
  return names.join("-").toUpperCase().replaceAll("-", "_");
}
