import type { JudgedSubject, Verdict } from "../judge/judge";
import type { Rule } from "../rule/rule";
import { judgesPods } from "../rule/workload";
import type { Benchmark } from "./benchmark";

/** How many there are, and how many of them keep every rule that sees to the control. */
export interface Tally {
  readonly kept: number;
  readonly of: number;
}

/** How a control that guard-rails see to stands in one environment, counted from what they judged. */
export interface ControlState {
  readonly benchmark: string;
  readonly control: string;
  readonly environment: string;
  /**
   * Whatever brings pods, of all that is delivered: also of a kind that the rules do not know.
   * @default - none of its rules is on the pods of every workload
   */
  readonly workloads?: Tally;
  /** Everything else that its rules judged. */
  readonly others: Tally;
  /** Workloads that a rule on pods did not look at, by place and name: `dev/orders Rollout/orders`. */
  readonly unjudged: readonly string[];
}

/** What there was to judge. */
export interface Judged {
  readonly rules: readonly Rule[];
  readonly verdict: Verdict;
  readonly environments: readonly string[];
}

/** How each control that guard-rails see to stands in each environment. Pure. */
export function controlStates(benchmarks: readonly Benchmark[], judged: Judged): readonly ControlState[] {
  const { verdict, environments } = judged;
  const broken = new Set(verdict.broken.map(({ place, subject, rule }) => key(place, subject, rule)));
  const known = new Map(judged.rules.map((rule) => [rule.id, rule]));
  const here = new Map(environments.map((name) => [name, verdict.subjects.filter((each) => isIn(each, name))]));
  return benchmarks.flatMap(({ name: benchmark, controls }) =>
    controls.flatMap(({ id, enforced }) => {
      if (enforced.by !== "rule") return [];
      const rules = enforced.rules.flatMap((rule) => known.get(rule) ?? []);
      return environments.map((environment) => ({
        benchmark,
        control: id,
        environment,
        ...stateOf(rules, here.get(environment) ?? [], broken),
      }));
    }),
  );
}

/** Whether there was something to judge, and all of it keeps the control. */
export function isHeld({ workloads, others }: ControlState): boolean {
  const tallies = workloads === undefined ? [others] : [workloads, others];
  return !isWithoutSubject({ workloads, others }) && tallies.every(({ kept, of }) => kept === of);
}

/** Whether there was nothing to judge: of a control on pods, no workload. */
export function isWithoutSubject({ workloads, others }: Pick<ControlState, "workloads" | "others">): boolean {
  return (workloads ?? others).of === 0;
}

type State = Pick<ControlState, "workloads" | "others" | "unjudged">;

function stateOf(rules: readonly Rule[], subjects: readonly JudgedSubject[], broken: ReadonlySet<string>): State {
  const onPods = rules.filter(judgesPods).map(({ id }) => id);
  const ids = rules.map(({ id }) => id);
  const keeps = ({ place, subject }: JudgedSubject): boolean =>
    !ids.some((rule) => broken.has(key(place, subject, rule)));
  const workloads = onPods.length === 0 ? [] : subjects.filter(({ workload }) => workload);
  const isSeen = (each: JudgedSubject): boolean => onPods.every((rule) => each.rules.includes(rule));
  const others = subjects.filter((each) => !workloads.includes(each) && ids.some((rule) => each.rules.includes(rule)));
  return {
    ...(onPods.length === 0 ? {} : { workloads: tally(workloads, (each) => isSeen(each) && keeps(each)) }),
    others: tally(others, keeps),
    unjudged: workloads.filter((each) => !isSeen(each)).map(({ place, subject }) => `${place} ${subject}`),
  };
}

function tally(subjects: readonly JudgedSubject[], keeps: (subject: JudgedSubject) => boolean): Tally {
  return { kept: subjects.filter(keeps).length, of: subjects.length };
}

function isIn({ environment }: JudgedSubject, name: string): boolean {
  return environment === name;
}

function key(place: string, subject: string, rule: string): string {
  return `${place} ${subject} ${rule}`;
}
