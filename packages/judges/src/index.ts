export { type BenchOptions, type Progress } from "./bench";
export { type DockerfileFault, judgeDockerfile } from "./dockerfiles/judge-dockerfile";
export { standingFindings } from "./findings";
export { judgeWorkflows, type WorkflowFault } from "./workflows/judge-workflows";
export { customResourceDefinitions } from "./schemas/definitions";
export { type FleetJudgement, type FleetOptions, judgeFleet, type JudgeResult } from "./judge-fleet";
