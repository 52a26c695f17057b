/** Name of the file that swaps the backend in the sandbox; OpenTofu merges it over `cdk.tf.json`. */
export const OVERRIDE_FILE = "paved_override.tf.json";

/** The override that keeps a stack's state in a local file instead of the cloud. */
export function sandboxOverride(stateFile: string): string {
  return `${JSON.stringify({ terraform: { backend: { local: { path: stateFile } } } }, null, 2)}\n`;
}
