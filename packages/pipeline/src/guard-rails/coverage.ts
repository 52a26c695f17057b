import type { Finding, FleetIndex, StackEntry } from "@paved/model";
import {
  benchmarks,
  type ControlState,
  controlStates,
  type IdleRule,
  idleRules,
  isWithoutSubject,
  mayBeIdle,
  type Rule,
  type Verdict,
} from "@paved/policy";

/** What the guard-rails looked at, whether or not they found something. */
export interface Coverage {
  /** How each control that guard-rails see to stands in each environment. */
  readonly controls: readonly ControlState[];
  /** Rules that judged nothing, with why that is right. */
  readonly idle: readonly IdleRule[];
}

/** What there was to judge in the fleet, by rule and by control. */
export function coverageOf({ environments }: FleetIndex, verdict: Verdict, rules: readonly Rule[]): Coverage {
  const names = environments.map(({ name }) => name);
  return {
    controls: controlStates(benchmarks, { rules, verdict, environments: names }),
    idle: idleRules(rules, verdict),
  };
}

/**
 * PVD2014 for each rule that judged nothing though there has to be something, and for each control that would hold only
 * because nothing was looked at. Where nothing runs yet, there may be nothing.
 */
export function coverageFindings(index: FleetIndex, { controls, idle }: Coverage, rules: readonly Rule[]): Finding[] {
  const running = new Set(index.environments.map(({ name }) => name).filter((name) => runs(index.stacks, name)));
  if (running.size === 0) return [];
  const here = controls.filter(({ environment }) => running.has(environment));
  return [
    ...idle.filter(({ reason }) => reason === undefined).map(idleFinding),
    ...here.filter((each) => isWithoutSubject(each) && hasToBeThere(each, rules)).map(emptyFinding),
    ...unjudged(here).map(unjudgedFinding),
  ];
}

const LAYERS = ["network", "cluster", "platform"] as const;

/** Whether an environment is whole, and a service is released to it. */
function runs(stacks: readonly StackEntry[], environment: string): boolean {
  const here = stacks.filter((stack) => stack.environment === environment);
  return (
    LAYERS.every((layer) => here.some(({ kind }) => kind === layer)) &&
    here.some(({ release }) => release === "released")
  );
}

/** Of pods always; of anything else unless all rules of the control are on what a fleet may be without. */
function hasToBeThere({ benchmark, control, workloads }: ControlState, rules: readonly Rule[]): boolean {
  if (workloads !== undefined) return true;
  const { enforced } = benchmarks.find(({ name }) => name === benchmark)!.controls.find(({ id }) => id === control)!;
  if (enforced.by !== "rule") return false;
  return rules.some((rule) => enforced.rules.includes(rule.id) && mayBeIdle(rule) === undefined);
}

function unjudged(controls: readonly ControlState[]): readonly string[] {
  return [...new Set(controls.flatMap((each) => each.unjudged))];
}

function idleFinding({ rule, judges }: IdleRule): Finding {
  return {
    code: "PVD2014",
    where: `paved ${rule}`,
    got: `nothing judged: the fleet has no ${judges.join(", ")} that the rule is about`,
    want: "rules that look at something, or at what a fleet may be without",
    fix: "correct what the rule judges, or say in packages/policy/src/judge/seldom.ts why there may be none",
  };
}

function emptyFinding({ benchmark, control, environment, workloads }: ControlState): Finding {
  return {
    code: "PVD2014",
    where: `${benchmark} ${control}, ${environment}`,
    got: workloads === undefined ? "nothing judged" : "no workload judged, though services are released",
    want: "a control that holds for something",
    fix: "look at what synth wrote: nothing that no rule saw counts as judged",
  };
}

function unjudgedFinding(workload: string): Finding {
  return {
    code: "PVD2014",
    where: workload,
    got: "pods that the rules on pods do not look at",
    want: "workloads of kinds that the rules know",
    fix: "deliver it as another kind, or add its kind to WORKLOADS in packages/policy/src/rule/workload.ts",
  };
}
