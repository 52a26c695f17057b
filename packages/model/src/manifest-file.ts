/** Name of the file that a manifest is delivered in, for example `deployment-orders.yaml`. */
export function manifestFileName(kind: string, name: string): string {
  return `${kind.toLowerCase()}-${name}.yaml`;
}
