/** Condition block of a policy statement: operator, then condition key, then what it must be. */
export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One thing an identity may do. */
export interface PolicyStatement {
  /** IAM actions, for example `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs the actions may be used on. */
  readonly resources: readonly string[];
  /** When it holds. @default - always */
  readonly conditions?: PolicyConditions;
}

/** A policy as JSON, in the version that AWS reads. */
export function policyDocument(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** An identity policy as JSON. */
export function identityPolicy(statements: readonly PolicyStatement[]): string {
  return policyDocument(
    statements.map(({ actions, resources, conditions }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(conditions === undefined ? {} : { Condition: conditions }),
    })),
  );
}

/** A trust policy as JSON: who may take the role on, and when. */
export function trustPolicy(service: string, actions: readonly string[], conditions?: PolicyConditions): string {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: actions };
  return policyDocument([conditions === undefined ? statement : { ...statement, Condition: conditions }]);
}
