import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { applyAsked, type Asked, pullRequestAsked } from "../pipeline/asked";
import { runStages, type StageEnd } from "../pipeline/run-stages";
import { APPLY_STAGES, type PipelineStage, PULL_REQUEST_STAGES } from "../pipeline/stages";
import { drawTable } from "../terminal/draw-table";
import type { Terminal } from "../terminal/terminal";

/** `paved pipeline pull-request` */
export const pullRequestCommand: CommandRun = stagesCommand(PULL_REQUEST_STAGES, pullRequestAsked);

/** `paved pipeline apply` */
export const pipelineApplyCommand: CommandRun = stagesCommand(APPLY_STAGES, applyAsked);

function stagesCommand(stages: readonly PipelineStage[], asked: Asked): CommandRun {
  return async (context) => {
    const { terminal, options } = context;
    asked(context);
    const ends = await runStages(stages, context);
    if (options["json"] === true) terminal.out(JSON.stringify({ stages: ends }, null, 2));
    else printSummary(terminal, ends);
    return ends.find(({ status }) => status === "failed")?.code ?? EXIT_CODES.ok.code;
  };
}

function printSummary(terminal: Terminal, ends: readonly StageEnd[]): void {
  const rows = ends.map(({ name, status, seconds }) => [name, status, status === "not run" ? "-" : seconds.toFixed(1)]);
  const heads = [{ head: "stage" }, { head: "result" }, { head: "seconds" }];
  terminal.out(drawTable(terminal, heads, rows));
}
