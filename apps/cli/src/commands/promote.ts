import { type Finding, Findings, type FleetIndex, lasts } from "@paved/model";
import { readReleases, releasesFile } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { oneEnvironment } from "../releases/asked";
import { release } from "../releases/release";
import { refuseWithoutImage } from "../releases/released-service";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved promote` */
export const promoteCommand: CommandRun = async (context) => {
  const service = context.arguments[0]!;
  const { from, to } = said(context);
  const { index } = await fleetAtHand(context);
  const findings = new Findings();
  for (const environment of [from, to]) findings.collect(() => refuseWithoutImage(index, { service, environment }));
  const backwards = orderFinding(index, from, to);
  if (backwards !== undefined) findings.add(backwards);
  const aside = asideFinding(index, from);
  if (aside !== undefined) findings.add(aside);
  const digest = findings.collect(() => readReleases(context.workspace, from))?.[service];
  if (digest === undefined && findings.isEmpty) findings.add(unreleased(service, from));
  findings.throwIfAny();
  release(context, { service, environment: to, digest: digest!, origin: { from } });
  if (context.options["json"] !== true)
    context.terminal.out(`its image is copied before it is delivered, by apply.yml or paved copy-images --env ${to}`);
  return EXIT_CODES.ok.code;
};

function said({ options }: CommandContext): { readonly from: string; readonly to: string } {
  const findings = new Findings();
  const from = findings.collect(() => oneEnvironment(options, "from"));
  const to = findings.collect(() => oneEnvironment(options, "to"));
  findings.throwIfAny();
  return { from: from!, to: to! };
}

/** PVD4003 when a change does not go from the one environment to the other. */
function orderFinding({ environments }: FleetIndex, from: string, to: string): Finding | undefined {
  const names = environments.map(({ name }) => name);
  const [start, end] = [names.indexOf(from), names.indexOf(to)];
  if (start === -1 || end === -1 || start < end) return undefined;
  const want = `an environment after ${from}`;
  const later = names.slice(start + 1);
  const fix = later.length === 0 ? "it is the last: paved deploy takes any digest" : `choose from ${later.join(", ")}`;
  return { code: "PVD4003", where: "--to", got: to, want, fix };
}

/** PVD4003 when a change would come out of an ephemeral environment: it may be brought there, to be looked at, and no further. */
function asideFinding({ environments }: FleetIndex, from: string): Finding | undefined {
  if (environments.find(({ name }) => name === from)?.ephemeral === undefined) return undefined;
  const lasting = environments.filter(lasts).map(({ name }) => name);
  const want = "an environment that lasts: through an ephemeral one nothing is promoted";
  return { code: "PVD4003", where: "--from", got: from, want, fix: `choose from ${lasting.slice(0, -1).join(", ")}` };
}

function unreleased(service: string, from: string): Finding {
  return {
    code: "PVD4007",
    where: releasesFile(from),
    got: `no release of ${service}`,
    want: "a digest that could be promoted",
    fix: `release it there first: paved deploy ${service} --env ${from} --digest <digest>`,
  };
}
