import type { Finding } from "@paved/model";
import type { PlacedComplaint } from "./judgement";

/** PVD2013 for each complaint of an outside judge that no waiver holds for. */
export function standingFindings(standing: readonly PlacedComplaint[]): readonly Finding[] {
  return standing.map(({ judge, rule, title, environment, where, subject }) => ({
    code: "PVD2013",
    where: `${environment} ${where} ${subject}`,
    got: `${title} (${judge}: ${rule})`,
    want: "output of which no judge complains",
    fix: "mend the module or golden path that makes it, or say in packages/policy/src/waivers/outside.ts why the rule does not fit",
  }));
}
