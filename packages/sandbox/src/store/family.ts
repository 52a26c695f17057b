/** Types that manage the same thing, as `kubernetes_secret` and `kubernetes_secret_v1` do: their objects are the same objects. */
export function familyOf(type: string): string {
  return type.startsWith("kubernetes_") ? type.replace(/_v\d+$/, "") : type;
}
