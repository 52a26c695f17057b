export { type Benchmark, type Control } from "./benchmarks/benchmark";
export { benchmarks } from "./benchmarks";
export { type ControlState, controlStates, isHeld, isWithoutSubject, type Tally } from "./benchmarks/control-state";
export { benchmarkTable, controlCells, heldInWords } from "./pages/benchmark-table";
export { credentialIn, isSecretName } from "./credentials";
export { type Expression, expressionsIn } from "./expressions";
export {
  type BrokenRule,
  checksOf,
  judgeDelivery,
  type JudgedStack,
  judgeResources,
  judgeRoot,
  together,
  type Verdict,
} from "./judge/judge";
export { type IdleRule, idleRules, mayBeIdle } from "./judge/seldom";
export { rulePage, ruleTable } from "./pages/rule-page";
export { isRecord } from "./rule/attributes";
export { type DeliveryUnit, type Rule, type Severity } from "./rule/rule";
export { rules } from "./rules";
export { RESOURCE_TYPES } from "./rules/known-types";
export { type Element, judgeManifest, judgeStack, type StackOutput, writtenAddresses } from "./stack-output";
export { PAVED_WAIVERS } from "./waivers/paved";
export { OUTSIDE_WAIVERS } from "./waivers/outside";
export { type Complaint, type Judge, type Sorted, sortByWaiver, type Waiver } from "./waivers/waiver";
