import type { Finding } from "@paved/model";
import type { Complaint, Judge } from "@paved/policy";

/** A complaint with what it takes to find its subject and to understand it. */
export interface PlacedComplaint extends Complaint {
  /** What the rule says, or what is wrong, in the judge's own words. */
  readonly title: string;
  /** Where the subject is: the stack, or the manifest's path below the environment's folder. */
  readonly where: string;
}

/** What one judge did in one environment. */
export interface EnvironmentCount {
  /** Resources, or manifests, that the judge looked at. */
  readonly scanned: number;
  /** Distinct rules that had something to judge; for schemas, distinct kinds. */
  readonly applicable: number;
  /** Checks that passed. A check is one rule on one resource; for schemas, one manifest. */
  readonly passed: number;
  /** Checks that did not pass. */
  readonly failed: number;
}

/** What one judge found in all environments. */
export interface Judgement {
  readonly judge: Judge;
  /** The judge and its exact version, for example `checkov 3.3.13`. */
  readonly version: string;
  readonly environments: Readonly<Record<string, EnvironmentCount>>;
  readonly complaints: readonly PlacedComplaint[];
  /** Why the judgement cannot be relied on: nothing scanned, input that the judge could not read. */
  readonly findings: readonly Finding[];
}

/** A finding of code PVD2014 that the judgement is not whole. */
export function notWhole(judge: Judge, where: string, got: string, want: string): Finding {
  const fix = "look at what the judge was given; nothing that it did not see counts as judged";
  return { code: "PVD2014", where: `${judge}, ${where}`, got, want, fix };
}
