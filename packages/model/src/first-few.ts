/** `orders, catalog`; of more than `most` the first, and how many there are besides: `orders, catalog and 3 more`. */
export function firstFew(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : names.join(", ");
}
