/**
 * What is wrong with a manifest: it cannot be read, there is no schema of its kind, a field that the schema does not
 * name, or a value that it does not allow.
 */
export type SchemaRule = "unreadable" | "no-schema" | "unknown-field" | "wrong-value";

/** One thing wrong with one manifest. */
export interface Fault {
  readonly rule: SchemaRule;
  /** Where in the manifest, and what. */
  readonly title: string;
}
