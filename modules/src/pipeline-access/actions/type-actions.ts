/** What the AWS provider calls for one resource type, by the names that IAM has for it. */
export interface TypeActions {
  /** Calls that look. None of them shows a secret, an object or a line of a log. */
  readonly reads: readonly string[];
  /** Calls that make, change and delete. */
  readonly writes: readonly string[];
}

/** The actions of several resource types. */
export type ActionTable = Readonly<Record<string, TypeActions>>;
