import type { EnvironmentEntry } from "@paved/model";
import { ephemeralEnvironments, expiredEnvironments, type TimedEnvironment } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { drawTable } from "../terminal/draw-table";
import { printFindings } from "../terminal/findings";
import { quantity } from "../terminal/quantity";
import { dayOf } from "./deviations";
import { fleetAtHand } from "./fleet-at-hand";

const HEADS = ["environment", "account", "region", "network", "domain", "data", "until"].map((head) => ({ head }));

/** `paved environments` */
export const environmentsCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const today = dayOf(options);
  const { index } = await fleetAtHand(context);
  const timed = ephemeralEnvironments(index, today);
  const findings = options["expired"] === true ? expiredEnvironments(timed) : [];
  const left = new Map(timed.map((each) => [each.name, each]));
  const code = findings.length > 0 ? EXIT_CODES.failed.code : EXIT_CODES.ok.code;
  if (options["json"] === true) {
    const environments = index.environments.map((environment) => ({
      ...environment,
      ...(left.has(environment.name) && { daysLeft: left.get(environment.name)!.daysLeft }),
    }));
    terminal.out(JSON.stringify({ environments, errors: findings }, null, 2));
    return code;
  }
  terminal.out(`${quantity(index.environments.length, "environment")}, in the order of promotion`);
  terminal.out(
    drawTable(
      terminal,
      HEADS,
      index.environments.map((environment) => row(environment, left.get(environment.name))),
    ),
  );
  printFindings(terminal, findings);
  return code;
};

function row({ name, account, region, cidr, domain, ...rest }: EnvironmentEntry, timed?: TimedEnvironment): string[] {
  return [name, account, region, cidr, domain, rest.protected ? "protected" : "not protected", untilInWords(timed)];
}

function untilInWords(timed: TimedEnvironment | undefined): string {
  if (timed === undefined) return "it lasts";
  const { ephemeral, daysLeft } = timed;
  const when = daysLeft <= 0 ? "EXPIRED" : quantity(daysLeft, "day");
  return `${ephemeral.expires}: ${when}, ${ephemeral.owner}`;
}
