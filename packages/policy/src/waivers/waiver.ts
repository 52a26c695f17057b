/** The judges whose findings a waiver can take back: own rules, the two ways checkov is run, and schemas of others. */
export type Judge = "paved" | "checkov plan" | "checkov manifests" | "schemas";

/**
 * Why a rule of a judge does not fit what the platform makes. A waiver ends, like a deviation; unlike one it is the
 * platform's, and holds for all that it names.
 */
export interface Waiver {
  readonly judge: Judge;
  /** Id of the rule, for example `CKV_AWS_144`. */
  readonly rule: string;
  /** Subjects it holds for: a resource type or an address, `Kind/name` or a kind. @default - all that the rule judges */
  readonly subjects?: readonly string[];
  /** Whether it holds only where data is not protected. @default false */
  readonly onlyUnprotected?: true;
  /** Why the rule does not fit, and what is done instead, in a sentence. */
  readonly reason: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** Day it expires, as `YYYY-MM-DD`: at most 365 days ahead: `paved check` warns 30 days ahead, and fails on the day. */
  readonly expires: string;
}

/** What a judge found wrong with one subject. */
export interface Complaint {
  readonly judge: Judge;
  readonly rule: string;
  /** The subject's type (`aws_s3_bucket`) or kind (`Deployment`). */
  readonly kind: string;
  /** The subject's address (`aws_s3_bucket.files`) or name (`Deployment/orders`). */
  readonly subject: string;
  readonly environment: string;
}

/** Complaints apart by whether a waiver holds for them. */
export interface Sorted<T extends Complaint> {
  /** What no waiver holds for. */
  readonly standing: readonly T[];
  readonly waived: readonly { readonly complaint: T; readonly waiver: Waiver }[];
  /** Waivers of these judges that held for nothing: what they waived is mended, and they can go. */
  readonly unused: readonly Waiver[];
}

/** Whose complaints are sorted, and of which fleet. */
export interface SortedFor {
  readonly judges: readonly Judge[];
  /** Names of the environments whose data is protected. */
  readonly protectedEnvironments: ReadonlySet<string>;
}

/** Sorts what the judges named found by whether a waiver holds for it. Pure: expiry is another question. */
export function sortByWaiver<T extends Complaint>(
  complaints: readonly T[],
  waivers: readonly Waiver[],
  { judges, protectedEnvironments }: SortedFor,
): Sorted<T> {
  const used = new Set<Waiver>();
  const standing: T[] = [];
  const waived: { complaint: T; waiver: Waiver }[] = [];
  for (const complaint of complaints) {
    const waiver = waivers.find(
      (each) =>
        holdsFor(each, complaint) &&
        !(each.onlyUnprotected === true && protectedEnvironments.has(complaint.environment)),
    );
    if (waiver === undefined) standing.push(complaint);
    else {
      used.add(waiver);
      waived.push({ complaint, waiver });
    }
  }
  const unused = waivers.filter((waiver) => judges.includes(waiver.judge) && !used.has(waiver));
  return { standing, waived, unused };
}

function holdsFor({ judge, rule, subjects }: Waiver, complaint: Complaint): boolean {
  return (
    judge === complaint.judge &&
    rule === complaint.rule &&
    (subjects?.some((subject) => subject === complaint.kind || subject === complaint.subject) ?? true)
  );
}
