export { type BenchOptions, type Progress } from "./bench";
export { standingFindings } from "./findings";
export { type FleetJudgement, type FleetOptions, judgeFleet, type JudgeResult } from "./judge-fleet";
