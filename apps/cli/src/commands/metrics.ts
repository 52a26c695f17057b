import { dayOf, metricsReport, readEvents, WEEK } from "@paved/metrics";
import { didYouMean, PavedError } from "@paved/model";
import type { CommandRun } from "../command-spec";
import { eventLogs } from "../events/event-logs";
import { EXIT_CODES } from "../exit-codes";
import { askedMetrics } from "../metrics/asked";
import { fleetFacts } from "../metrics/facts";
import { FORMATS } from "../metrics/formats";
import { printDefinitions, printReport } from "../metrics/print";
import { fleetAtHand } from "./fleet-at-hand";
import { outputFile, writeResult } from "./output-file";

/** `paved metrics` */
export const metricsCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const { format, logs, ...asked } = askedMetrics(options);
  const file = outputFile(options, "output");
  const log = readEvents(eventLogs(workspace, logs, process.env));
  const { index } = await fleetAtHand(context);
  const environments = index.environments.map(({ name }) => name);
  checkTarget(asked.target, environments);
  const { notes, ...facts } = fleetFacts(workspace, index, dayOf(asked.until - asked.weeks * WEEK));
  const counted = metricsReport({ ...asked, ...facts, log });
  const report = { ...counted, notes: [...counted.notes, ...notes] };
  if (format === "table") {
    printReport(terminal, report);
    if (options["definitions"] === true) printDefinitions(terminal, report);
  } else writeResult(terminal, file, FORMATS[format](report));
  return EXIT_CODES.ok.code;
};

/** @throws PavedError PVD1001 for an environment that is not there: nothing is ever deployed to it */
function checkTarget(got: string, environments: readonly string[]): void {
  if (environments.includes(got)) return;
  const want = "an environment of the fleet";
  throw new PavedError({ code: "PVD1001", where: "--to", got, want, fix: didYouMean(got, environments) });
}
