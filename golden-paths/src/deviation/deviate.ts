import { type DeviationTerms, kindOf, PavedError } from "@paved/model";

/** A change that leaves the golden path, with the terms it is allowed on. */
export interface Deviation<Subject, Result = Subject> {
  readonly terms: DeviationTerms;
  readonly change: (subject: Subject) => Result;
}

/**
 * The only way off a golden path: a change together with why, for how long, and who agreed. Handed to `customize` of the
 * golden path it changes one manifest; handed to `service.add` it adds or overrides raw resources.
 *
 * ```ts
 * customize: { deployment: deviate(terms, (deployment) => ({ ...deployment, spec: … })) }
 * const mirrored = { ...terms, rule: ["AWS-SQS-001", "AWS-SQS-002", "AWS-SQS-003", "ROOT-009"] };
 * service.add("mirror", deviate(mirrored, (scope) => new SqsQueue(scope, "queue", { name: "mirror" })));
 * ```
 *
 * @param terms checked at synth: PVD1031
 * @param change pure; one that changes nothing is PVD1033
 */
export function deviate<Subject, Result = Subject>(
  terms: DeviationTerms,
  change: (subject: Subject) => Result,
): Deviation<Subject, Result> {
  return { terms, change };
}

/**
 * Whether it is what {@link deviate} gives.
 * @throws PavedError PVD1031
 */
export function checkDeviation(deviation: unknown, where: string): void {
  if (typeof (deviation as Partial<Deviation<unknown>> | null | undefined)?.change === "function") return;
  throw new PavedError({
    code: "PVD1031",
    where,
    got: kindOf(deviation),
    want: "a deviation with its terms",
    fix: "write deviate(terms, (subject) => …)",
  });
}
