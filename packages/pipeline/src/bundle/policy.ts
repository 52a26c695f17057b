import type { Finding, PolicyVerdict } from "@paved/model";
import { PAVED_WAIVERS, type Rule, rules as allRules, type Waiver } from "@paved/policy";
import { sha256 } from "./bundle-directory";
import { expiredFindings, overlongFindings, placedDeviations } from "../deviations/expiry";
import { checkGuardRails } from "../guard-rails/guard-rails";
import type { Fleet } from "../workspace/fleet";

/** What the guard-rails say, and what is wrong. */
export interface Judgement {
  readonly verdict: PolicyVerdict;
  /** What stands against an apply: broken rules, and waivers or deviations that are over. */
  readonly findings: readonly Finding[];
}

/** What a fleet is judged by, and when. */
export interface PolicyOptions {
  /** Day, as `YYYY-MM-DD`. */
  readonly today: string;
  /** @default - all of Paved's own */
  readonly rules?: readonly Rule[];
  /** @default - those of Paved's own rules */
  readonly waivers?: readonly Waiver[];
}

/** Judges what synth wrote, as an apply of it would be. */
export function judgeForApply(fleet: Fleet, options: PolicyOptions): Judgement {
  const { today, rules = allRules, waivers = PAVED_WAIVERS } = options;
  const guardRails = checkGuardRails(fleet, { today, rules, waivers });
  const deviations = placedDeviations(fleet.index, today);
  const { checks, broken } = guardRails;
  return {
    verdict: { rules: rules.length, checks, broken, hash: hashOfRules(rules, waivers) },
    findings: [...guardRails.findings, ...expiredFindings(deviations), ...overlongFindings(deviations)],
  };
}

/** SHA-256 of what rules say and do, and of what is waived. What they call is held by the commit alone. */
export function hashOfRules(rules: readonly Rule[], waivers: readonly Waiver[]): string {
  const asText = (_key: string, value: unknown): unknown =>
    typeof value === "function" || value instanceof RegExp ? String(value) : value;
  return sha256(JSON.stringify([rules, waivers], asText));
}
