import { PavedError } from "@paved/model";
import type { CommandContext } from "../command-spec";
import { EXIT_CODES, exitCodeFor } from "../exit-codes";
import { printFindings } from "../terminal/findings";
import type { PipelineStage } from "./stages";

/** How one stage ended. */
export interface StageEnd {
  readonly name: string;
  readonly status: "passed" | "failed" | "not run";
  /** What the stage's command would have ended with. */
  readonly code: number;
  readonly seconds: number;
  /** What it printed, when that was one JSON document. */
  readonly result?: unknown;
}

/** Runs the stages one after the other, and none after one that failed. */
export async function runStages(stages: readonly PipelineStage[], context: CommandContext): Promise<StageEnd[]> {
  const ends: StageEnd[] = [];
  for (const stage of stages.filter(({ when }) => when?.(context.options) ?? true)) {
    const failed = ends.some(({ status }) => status !== "passed");
    ends.push(
      failed
        ? { name: stage.name, status: "not run", code: EXIT_CODES.ok.code, seconds: 0 }
        : await runStage(stage, context),
    );
  }
  return ends;
}

async function runStage({ name, run, options }: PipelineStage, context: CommandContext): Promise<StageEnd> {
  const { terminal } = context;
  const json = context.options["json"] === true;
  const printed: string[] = [];
  const quiet = { ...terminal, out: (text: string) => void printed.push(text) };
  if (!json) terminal.out(terminal.colours.bold(`== ${name}`));
  const start = performance.now();
  const own = { ...context, terminal: json ? quiet : terminal, options: { json, ...options(context.options) } };
  const code = await run(own).catch((error: unknown) => refusal(error, own));
  const seconds = Math.round(performance.now() - start) / 1000;
  const status = code === EXIT_CODES.ok.code ? "passed" : "failed";
  const result = json ? { result: parsed(printed.join("\n")) } : {};
  return { name, status, code, seconds, ...result };
}

/** A stage that throws has failed, as its command would have. */
function refusal(error: unknown, { terminal, options }: CommandContext): number {
  if (!(error instanceof PavedError)) throw error;
  if (options["json"] === true) terminal.out(JSON.stringify(error));
  else printFindings(terminal, error.findings);
  return exitCodeFor(error.findings);
}

/** What a stage printed: some write a file instead, and say so in words. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
