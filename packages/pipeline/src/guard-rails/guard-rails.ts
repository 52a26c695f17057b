import type { DeviationEntry, Finding, FleetIndex } from "@paved/model";
import {
  type BrokenRule,
  checksOf,
  PAVED_WAIVERS,
  type Rule,
  rules as allRules,
  type Severity,
  sortByWaiver,
  type Waiver,
} from "@paved/policy";
import type { Fleet } from "../workspace/fleet";
import { type Coverage, coverageFindings, coverageOf } from "./coverage";
import { judgeOutput } from "./judge-output";
import { waiverFindings, waiverWarnings } from "./waiver-expiry";

/** What the guard-rails found in one synth. */
export interface GuardRails extends Coverage {
  /** Rules there are. */
  readonly rules: number;
  /** Resources, manifests and roots of stacks that were looked at. */
  readonly subjects: number;
  /** Rules that applied, each counted once for every subject. */
  readonly checks: number;
  /** Rules that a subject breaks, counted for each subject. */
  readonly broken: number;
  /** The same, where a waiver or a deviation holds for. */
  readonly waived: number;
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
}

/** What {@link checkGuardRails} judges by, and when. */
export interface GuardRailOptions {
  /** Day of the check, as `YYYY-MM-DD`. */
  readonly today: string;
  /** @default - all of Paved's own */
  readonly rules?: readonly Rule[];
  /** @default - those of Paved's own rules */
  readonly waivers?: readonly Waiver[];
}

/**
 * Judges what synth wrote. A broken rule is PVD2013, unless a waiver or a deviation from that very rule holds for its
 * subject; a waiver that is over, or that waives nothing, is PVD2016; a rule or a control that looked at nothing is PVD2014.
 */
export function checkGuardRails(fleet: Fleet, options: GuardRailOptions): GuardRails {
  const { today, rules = allRules, waivers = PAVED_WAIVERS } = options;
  const verdict = judgeOutput(fleet, rules);
  const undeviated = verdict.broken.filter((broken) => !isDeviatedFrom(fleet.index, broken));
  const { environments } = fleet.index;
  const protectedEnvironments = new Set(environments.filter((each) => each.protected).map(({ name }) => name));
  const { standing, unused } = sortByWaiver(undeviated, waivers, { judges: ["paved"], protectedEnvironments });
  const coverage = coverageOf(fleet.index, verdict, rules);
  return {
    rules: rules.length,
    subjects: verdict.subjects.length,
    checks: checksOf(verdict),
    broken: standing.length,
    waived: verdict.broken.length - standing.length,
    warnings: waiverWarnings(waivers, today),
    ...coverage,
    findings: [
      ...brokenFindings(fleet.index, standing, rules),
      ...waiverFindings(waivers, unused, today),
      ...coverageFindings(fleet.index, coverage, rules),
    ],
  };
}

/** Whether a service has a deviation from this rule for this subject; that it ends is judged with the deviations. */
function isDeviatedFrom({ stacks }: FleetIndex, { rule, subject, place }: BrokenRule): boolean {
  const covers = (deviation: DeviationEntry): boolean =>
    deviation.rule === rule && deviation.subject.split(", ").includes(subject);
  return stacks.some(
    ({ name, environment, service, deviations }) =>
      (place === name || place === `${environment}/${service}`) && deviations.some(covers),
  );
}

const WORST_FIRST: readonly Severity[] = ["critical", "high", "medium", "low"];

function brokenFindings(index: FleetIndex, broken: readonly BrokenRule[], rules: readonly Rule[]): readonly Finding[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return broken
    .flatMap((each) => {
      const rule = known.get(each.rule);
      return rule === undefined ? [] : [{ each, rule, rank: WORST_FIRST.indexOf(rule.severity) }];
    })
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ each, rule }) => ({
      code: "PVD2013" as const,
      where: `${each.place} ${each.subject}`,
      source: sourceOf(index, each),
      got: `${each.got.join("; ")} (${rule.id}, ${rule.severity}: ${rule.title})`,
      want: rule.want,
      fix: `${rule.fix}; see paved explain ${rule.id}`,
    }));
}

/** The file in which to look: the service's, for what belongs to one. */
function sourceOf({ stacks, services }: FleetIndex, { place, subject }: BrokenRule): string | undefined {
  const stack = stacks.find(({ name }) => name === place);
  const service = stack?.service ?? place.split("/")[1];
  return stack?.elements[subject]?.source ?? services.find(({ name }) => name === service)?.source;
}
