import { stringify } from "yaml";

/**
 * A document as text that every reader understands the same. Kubernetes and Argo CD read YAML 1.1, in which `off`, `y` and
 * `1_000` are no texts: whatever either version takes for something else is quoted.
 */
export function yamlText(document: unknown): string {
  return stringify(document, { compat: "yaml-1.1", sortMapEntries: false, lineWidth: 0 });
}
