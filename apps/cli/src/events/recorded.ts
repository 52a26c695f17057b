import { randomUUID } from "node:crypto";
import { type CommandEvent, formatEvent, type PavedEvent, STACK_OUTCOMES, type StackOutcome } from "@paved/metrics";
import { PavedError } from "@paved/model";
import type { StackResult } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES, exitCodeFor } from "../exit-codes";
import { appendLines, eventFile } from "./event-file";
import type { Happening } from "./happening";

/**
 * The same command, with a line in the event log when it has ended, however it did. A line that cannot be written is lost
 * without a word: `paved doctor` says whether it could be. A command line that was wrong is no event, nor is one with --dry-run.
 * @param name the command's words
 */
export function recorded(name: string, run: CommandRun): CommandRun {
  return async (context) => {
    const begun = performance.now();
    const happenings: TimedHappening[] = [];
    const happened = (happening: Happening) => void happenings.push({ ...happening, at: Date.now() });
    const record = (exitCode: number, codes: readonly string[] = []): void => {
      const seconds = Math.round(performance.now() - begun) / 1000;
      write({ name, context, happenings, exitCode, codes, seconds });
    };
    const exitCode = await run({ ...context, happened }).catch((error: unknown) => {
      const findings = error instanceof PavedError ? error.findings : [];
      record(exitCodeFor(findings), error instanceof PavedError ? findings.map(({ code }) => code) : ["PVD4004"]);
      throw error;
    });
    record(exitCode);
    return exitCode;
  };
}

type TimedHappening = Happening & { readonly at: number };

interface Ended {
  readonly name: string;
  readonly context: CommandContext;
  readonly happenings: readonly TimedHappening[];
  readonly exitCode: number;
  readonly codes: readonly string[];
  readonly seconds: number;
}

function eventsOf({ name, context, happenings, exitCode, codes, seconds }: Ended): readonly PavedEvent[] {
  const at = Date.now();
  const stacks = happenings.flatMap((happening) => (happening.kind === "stacks" ? happening.stacks : []));
  const requests = happenings.flatMap((happening) => (happening.kind === "request" ? happening : []));
  const beside = happenings.flatMap((happening) => (happening.kind === "findings" ? happening.findings : []));
  const found = [...stacks.flatMap(({ findings }) => findings), ...beside];
  return [
    ...requests.map((request) => ({ ...request, id: randomUUID() })),
    {
      kind: "command",
      id: randomUUID(),
      at,
      command: name,
      place: context.options["live"] === true ? "live" : "sandbox",
      outcome: outcomeOf(exitCode),
      seconds,
      codes: [...new Set([...codes, ...found.map(({ code }) => code)])],
      stacks: stacks.flatMap(eventStack),
    },
  ];
}

function outcomeOf(exitCode: number): CommandEvent["outcome"] {
  if (exitCode === EXIT_CODES.interrupted.code) return "interrupted";
  return exitCode === EXIT_CODES.ok.code || exitCode === EXIT_CODES.changes.code ? "ok" : "failed";
}

/** Stacks in which nothing was to be done are no event. */
function eventStack({ name, environment, service, status }: StackResult): CommandEvent["stacks"] {
  return isOutcome(status) ? [{ name, environment, ...(service !== undefined && { service }), outcome: status }] : [];
}

function isOutcome(status: string): status is StackOutcome {
  return (STACK_OUTCOMES as readonly string[]).includes(status);
}

/** Nothing that goes wrong here is told: what a command was called for is worth more than that it is counted. */
function write(ended: Ended): void {
  try {
    const { workspace, options } = ended.context;
    const file = eventFile(workspace, process.env);
    if (file === undefined || ended.exitCode === EXIT_CODES.usage.code || options["dryRun"] === true) return;
    appendLines(file, eventsOf(ended).map(formatEvent));
  } catch {
    return;
  }
}
