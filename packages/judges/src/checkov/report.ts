import { PavedError } from "@paved/model";
import { cannotJudge } from "../bench";

/** One rule of checkov on one resource. */
export interface Check {
  readonly rule: string;
  readonly title: string;
  /** As checkov names it: `aws_s3_bucket.files`, or `Deployment.orders.orders` with the namespace between. */
  readonly resource: string;
  /** The file it is in, relative to where checkov was started. */
  readonly file: string;
}

/** What one run of checkov said. */
export interface Report {
  /** Resources looked at, also those that no rule is about. */
  readonly scanned: number;
  readonly passed: readonly Check[];
  readonly failed: readonly Check[];
  /** Rules that were not applied because what is judged says so itself. Nothing may: waivers are in one list. */
  readonly skipped: readonly Check[];
  /** Files that checkov could not read. */
  readonly unreadable: readonly string[];
}

interface RawCheck {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}

interface RawReport {
  readonly results?: {
    readonly passed_checks: readonly RawCheck[];
    readonly failed_checks: readonly RawCheck[];
    readonly skipped_checks: readonly RawCheck[];
    readonly parsing_errors: readonly string[];
  };
  readonly summary?: { readonly resource_count: number };
  readonly resource_count?: number;
}

/**
 * Reads what `checkov --output json` prints: one report, a list of them, or, when it found nothing to judge, only counts.
 * @throws PavedError PVD2014 when it is none of these
 */
export function parseReport(text: string): Report {
  const parsed = parse(text);
  const raw = Array.isArray(parsed) ? parsed : [parsed];
  const all = <T>(pick: (results: NonNullable<RawReport["results"]>) => readonly T[]): T[] =>
    raw.flatMap(({ results }) => (results === undefined ? [] : pick(results)));
  return {
    scanned: raw.reduce(
      (sum, { summary, resource_count }) => sum + (summary?.resource_count ?? resource_count ?? 0),
      0,
    ),
    passed: all(({ passed_checks }) => passed_checks).map(toCheck),
    failed: all(({ failed_checks }) => failed_checks).map(toCheck),
    skipped: all(({ skipped_checks }) => skipped_checks).map(toCheck),
    unreadable: all(({ parsing_errors }) => parsing_errors),
  };
}

function parse(text: string): RawReport | readonly RawReport[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as RawReport | readonly RawReport[];
  } catch {
    // Answered below.
  }
  throw notAReport(text);
}

function notAReport(text: string): PavedError {
  const got = text.trim() === "" ? "nothing" : `"${text.trim().slice(0, 120)}"`;
  return cannotJudge("checkov", got, "its report as JSON", "remove .paved/judges, then run the command again");
}

function toCheck({ check_id, check_name, resource, file_path }: RawCheck): Check {
  return { rule: check_id, title: check_name, resource, file: file_path.replace(/^\/+/, "") };
}
