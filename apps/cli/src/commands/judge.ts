import { rmSync } from "node:fs";
import { type FleetJudgement, judgeFleet, standingFindings } from "@paved/judges";
import type { Finding } from "@paved/model";
import {
  benchmarks,
  checkGuardRails,
  type Fleet,
  type GuardRails,
  heldInWords,
  isRunOk,
  OUTSIDE_WAIVERS,
  planDocuments,
  waiverFindings,
  waiverWarnings,
  writeDelivered,
} from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { guardRailLine } from "../judge/guard-rail-line";
import { writePages } from "../judge/pages";
import { drawTable } from "../terminal/draw-table";
import { printFindings } from "../terminal/findings";
import { printRun } from "../terminal/run-summary";
import { dayOf } from "./deviations";
import { fleetAtHand } from "./fleet-at-hand";
import { rehearseFleet } from "./run-stacks";
import { exitCodeOf, withQuietEngine } from "./run-with-engine";

/** `paved judge` */
export const judgeCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const today = dayOf(options);
  const fleet = await fleetAtHand(context);
  const rehearsal = await rehearseFleet(context, fleet);
  const broken = rehearsal.stacks.flatMap((stack) => stack.findings);
  if (!isRunOk(rehearsal)) {
    if (options["json"] === true) terminal.out(JSON.stringify({ rehearsal, errors: broken }, null, 2));
    else {
      printRun(terminal, rehearsal);
      printFindings(terminal, broken);
    }
    return exitCodeOf(rehearsal, options);
  }
  const own = checkGuardRails(fleet, { today });
  const outside = await outsideJudges(context, fleet);
  const findings: readonly Finding[] = [
    ...own.findings,
    ...outside.findings,
    ...standingFindings(outside.standing),
    ...waiverFindings(OUTSIDE_WAIVERS, outside.unused, today),
  ];
  const warnings = [...own.warnings, ...waiverWarnings(OUTSIDE_WAIVERS, today)];
  const written = options["write"] === true ? writePages(workspace, own, outside) : [];
  if (options["json"] === true) terminal.out(JSON.stringify({ own, outside, warnings, errors: findings }, null, 2));
  else {
    print(context, own, outside, findings.length === 0);
    for (const file of written) terminal.out(`wrote ${file}`);
    for (const warning of warnings) terminal.out(`note: ${warning}`);
    printFindings(terminal, findings);
  }
  return findings.length > 0 ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
};

async function outsideJudges(context: CommandContext, { index, stacks, delivered }: Fleet): Promise<FleetJudgement> {
  const { workspace, terminal } = context;
  const progress = terminal.err;
  return withQuietEngine(context, workspace, async (shared) => {
    try {
      progress(`planning ${stacks.length} stacks for the judges`);
      const plans = await planDocuments({ ...shared, workspace, stacks });
      progress("judging");
      // They read for minutes, in which another command may synthesize.
      writeDelivered(delivered, workspace.delivered);
      return await judgeFleet({
        home: workspace.judges,
        requirements: workspace.judgeRequirements,
        gitops: workspace.delivered,
        protectedEnvironments: new Set(index.environments.filter((each) => each.protected).map(({ name }) => name)),
        plans,
        progress,
      });
    } finally {
      rmSync(workspace.delivered, { recursive: true, force: true });
    }
  });
}

function print({ terminal }: CommandContext, own: GuardRails, outside: FleetJudgement, passed: boolean): void {
  const waived = outside.waived.length;
  terminal.out(`${passed ? "every judge passes the fleet" : "the fleet is not passed"}; ${waived} waived`);
  terminal.out(guardRailLine(own));
  for (const benchmark of benchmarks) terminal.out(`${benchmark.name}: ${heldInWords(benchmark, own.controls)}`);
  const heads = ["judge", "environment", "scanned", "rules", "passed", "failed", "waived"].map((head) => ({ head }));
  const rows = outside.judges.flatMap(({ judge, environments }) =>
    Object.entries(environments).map(([environment, { scanned, applicable, passed, failed, waived: taken }]) => [
      judge,
      environment,
      ...[scanned, applicable, passed, failed, taken].map(String),
    ]),
  );
  terminal.out(drawTable(terminal, heads, rows));
}
