import { rules } from "@paved/pipeline";
import type { Terminal } from "../terminal/terminal";

/** What a guard-rail asks for, and why. */
export interface RuleExplanation {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  /** Controls and checks it comes from. */
  readonly source: string;
  /** Resource types or kinds it judges. */
  readonly judges: readonly string[];
  readonly why: string;
  readonly want: string;
  readonly fix: string;
  /** Its page, relative to the workspace. */
  readonly page: string;
}

/** What a guard-rail means; nothing when there is none of this id. */
export function ruleExplanation(wanted: string): RuleExplanation | undefined {
  const rule = rules.find(({ id }) => id === wanted);
  if (rule === undefined) return undefined;
  const { id, title, severity, source, judges, why, want, fix } = rule;
  return { id, title, severity, source, judges, why, want, fix, page: `docs/guardrails/${id}.md` };
}

/** Prints what a guard-rail means, for a person. */
export function printRule(terminal: Terminal, rule: RuleExplanation): void {
  terminal.out(`${terminal.colours.bold(rule.id)} ${rule.title} (${rule.severity})`);
  terminal.out(rule.why);
  terminal.out(`want: ${rule.want}`);
  terminal.out(`fix:  ${rule.fix}`);
  terminal.out(`from: ${rule.source}`);
  terminal.out(`page: ${rule.page}, with an example that breaks it and one that keeps it`);
}
