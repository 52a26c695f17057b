import { type EnvironmentEntry, type Finding, PavedError } from "@paved/model";
import { type Fleet, isRunOk, type RunResult } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import { internalError } from "../internal-error";
import { printFindings } from "../terminal/findings";
import { deliverToSandbox, type SandboxDelivery } from "./deliver-to-sandbox";
import { deliveryInWords } from "./in-words";
import { printApplications } from "./print-applications";
import { stoppable } from "./stoppable";

/** What comes after a run. */
export interface After {
  /** For the report of the run. */
  readonly report: object;
  readonly isWell: boolean;
  /** What ended it early. */
  readonly findings: readonly Finding[];
  /** Says it to a person, where a person reads it. */
  print(): void;
}

/** What is delivered after which run. */
export interface Deliveries {
  readonly fleet: Fleet;
  readonly environments: readonly EnvironmentEntry[];
  readonly ran: RunResult;
}

/**
 * Delivers environments to their control planes in the sandbox, one after the other; nothing when the run failed, and no more
 * after one that cannot be delivered.
 */
export async function deliverAll(
  { workspace, terminal, options }: CommandContext,
  { fleet, environments, ran }: Deliveries,
): Promise<After> {
  const deliveries: SandboxDelivery[] = [];
  const findings: Finding[] = [];
  try {
    for (const environment of isRunOk(ran) ? environments : []) {
      const progress = (line: string): void => terminal.err(`${environment.name}: ${line}`);
      const common = { workspace, fleet, environment, dryRun: false, progress };
      deliveries.push(await stoppable((signal) => deliverToSandbox({ ...common, signal })));
    }
  } catch (error) {
    // Minutes of rehearsal are behind it, whose result is not to be lost.
    findings.push(...(error instanceof PavedError ? error : internalError(error, "rehearse")).findings);
  }
  return {
    report: { deliveries, ...(findings.length === 0 ? {} : new PavedError(findings).toJSON()) },
    isWell: findings.length === 0 && deliveries.every(isWell),
    findings,
    print: () => {
      if (options["json"] === true) return;
      for (const delivery of deliveries) {
        terminal.out(deliveryInWords(delivery, false, false));
        printApplications(terminal, delivery.by, delivery.applications);
      }
      printFindings(terminal, findings);
    },
  };
}

function isWell({ applications }: SandboxDelivery): boolean {
  return applications.every((application) => application.isWell);
}
