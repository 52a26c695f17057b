import type { Finding, FleetIndex, PlannedLoss, StackEntry } from "@paved/model";
import { retirementsOf } from "../addresses/compare";
import { daysBetween, LONGEST_DAYS, WARNING_DAYS } from "../deviations/expiry";

/** A record that allows a loss, for a time. */
interface Consent {
  /** How it is written: `retire` of what is gone, `allowReplace` of what is made anew. */
  readonly verb: "retire" | "allowReplace";
  /** What it is of: a construct path, or an address. */
  readonly subject: string;
  readonly until: string;
}

/**
 * PVD5016 for each loss that no record allows on that day: `retire` with an end for what is destroyed, `allowReplace` for
 * what is made anew. That a block was simply deleted is no record.
 */
export function lossFindings(stack: StackEntry, losses: readonly PlannedLoss[], today: string): readonly Finding[] {
  return losses
    .filter((loss) => !consentsTo(stack, loss).some(({ until }) => holds(until, today)))
    .map((loss) => ({
      code: "PVD5016",
      where: `${stack.name} ${loss.address}`,
      source: stack.elements[addressOf(loss)]?.source,
      got: `a ${loss.action} that loses ${loss.loses}`,
      want: "a record that allows it until a day, written by whoever answers for the data",
      fix: recordFor(loss),
    }));
}

/** PVD5017 for each consent that is over, and for each that holds longer than a year. */
export function consentFindings({ stacks }: Pick<FleetIndex, "stacks">, today: string): readonly Finding[] {
  return stacks.flatMap((stack) =>
    consentsOf(stack).flatMap(({ verb, subject, until }): Finding[] => {
      const left = daysBetween(today, until);
      const where = `${stack.name} ${subject}`.trim();
      if (left <= 0) {
        const fix = "remove the record when it was applied everywhere, or have its end moved with a reason";
        const want = "consents that have not expired";
        return [{ code: "PVD5017", where, got: `${verb} until ${until}, which is over`, want, fix }];
      }
      if (left <= LONGEST_DAYS) return [];
      const want = `a day at most ${LONGEST_DAYS} days ahead`;
      return [{ code: "PVD5017", where, got: `${verb} until ${until}`, want, fix: "name the day it is done by" }];
    }),
  );
}

/** What expires within 30 days, in words. */
export function consentWarnings({ stacks }: FleetIndex, today: string): readonly string[] {
  return stacks.flatMap((stack) =>
    consentsOf(stack).flatMap(({ verb, subject, until }) => {
      const left = daysBetween(today, until);
      const what = `${stack.name} ${subject}`.trim();
      return left > 0 && left <= WARNING_DAYS ? [`${what}: ${verb} expires in ${left} days, on ${until}`] : [];
    }),
  );
}

/** Records of what a plan does not make anew, in words: whoever wrote them no longer needs them. */
export function unusedConsents({ records }: StackEntry, losses: readonly PlannedLoss[]): readonly string[] {
  const used = new Set(losses.map(addressOf));
  return (records.replaceable ?? [])
    .filter(({ address }) => !used.has(address))
    .map(({ address }) => `allowReplace of ${address} allows nothing that is planned: remove the record`);
}

function consentsOf({ records }: StackEntry): readonly Consent[] {
  return [
    ...records.retired.flatMap(({ path, until }) =>
      until === undefined ? [] : [{ verb: "retire" as const, subject: path, until }],
    ),
    ...(records.replaceable ?? []).map(({ address, until }) => ({
      verb: "allowReplace" as const,
      subject: address,
      until,
    })),
  ];
}

function consentsTo({ records }: StackEntry, loss: PlannedLoss): readonly { readonly until?: string }[] {
  const address = addressOf(loss);
  if (loss.action === "destroy") return retirementsOf(address, records);
  return (records.replaceable ?? []).filter((record) => record.address === address);
}

function holds(until: string | undefined, today: string): boolean {
  return until !== undefined && daysBetween(today, until) > 0;
}

/** Records know nothing of instances: of all, or of none. */
function addressOf({ address }: PlannedLoss): string {
  return address.replace(/\[[^\]]*\]$/, "");
}

function recordFor(loss: PlannedLoss): string {
  if (loss.action === "destroy") return 'write retire(service, { path: "…", reason: "…", until: "…" }), or keep it';
  return `write allowReplace(service, { address: "${addressOf(loss)}", until: "…", reason: "…" }), or keep it`;
}
