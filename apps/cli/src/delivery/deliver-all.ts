import type { EnvironmentEntry } from "@paved/model";
import { type Fleet, isRunOk, type RunResult } from "@paved/pipeline";
import type { CommandContext } from "../command-spec";
import { deliverToSandbox, type SandboxDelivery } from "./deliver-to-sandbox";
import { deliveryInWords } from "./in-words";
import { printApplications } from "./print-applications";
import { stoppable } from "./stoppable";

/** What comes after a run. */
export interface After {
  /** For the report of the run. */
  readonly report: object;
  readonly isWell: boolean;
  /** Says it to a person, where a person reads it. */
  print(): void;
}

/** What is delivered after which run. */
export interface Deliveries {
  readonly fleet: Fleet;
  readonly environments: readonly EnvironmentEntry[];
  readonly ran: RunResult;
}

/** Delivers environments to their control planes in the sandbox, one after the other; nothing when the run failed. */
export async function deliverAll(
  { workspace, terminal, options }: CommandContext,
  { fleet, environments, ran }: Deliveries,
): Promise<After> {
  const deliveries: SandboxDelivery[] = [];
  for (const environment of isRunOk(ran) ? environments : []) {
    const progress = (line: string): void => terminal.err(`${environment.name}: ${line}`);
    const common = { workspace, fleet, environment, dryRun: false, progress };
    deliveries.push(await stoppable((signal) => deliverToSandbox({ ...common, signal })));
  }
  return {
    report: { deliveries },
    isWell: deliveries.every(({ applications }) => applications.every(({ isWell }) => isWell)),
    print: () => {
      if (options["json"] === true) return;
      for (const delivery of deliveries) {
        terminal.out(deliveryInWords(delivery, false, false));
        printApplications(terminal, delivery.applications);
      }
    },
  };
}
