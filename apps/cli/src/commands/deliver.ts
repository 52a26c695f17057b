import { deliver, type Delivery, masked, type Source, sourceOf } from "@paved/delivery";
import { type Finding, Findings } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { deliverToSandbox, type SandboxDelivery } from "../delivery/deliver-to-sandbox";
import { deliveryInWords } from "../delivery/in-words";
import { printApplications } from "../delivery/print-applications";
import { stoppable } from "../delivery/stoppable";
import { missing, oneEnvironment } from "../releases/asked";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved deliver` */
export const deliverCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const { environment: name, repository, branch } = said(context);
  // Asked before synth reads the files: what is committed meanwhile is not what was rendered.
  const source = await sourceOf(workspace.root);
  const fleet = await fleetAtHand(context);
  select(fleet.index, [], { environments: [name] });
  const environment = fleet.index.environments.find((one) => one.name === name)!;
  const dryRun = options["dryRun"] === true;
  const delivery = await stoppable((signal): Promise<Delivery | SandboxDelivery> => {
    const common = { dryRun, signal, progress: terminal.err };
    if (repository === undefined) return deliverToSandbox({ workspace, fleet, environment, ...common });
    const { delivered: files } = fleet;
    const { revision } = environment.delivery;
    return deliver({ files, environment: name, repository, branch: branch ?? revision, source, ...common });
  });
  const applications = "applications" in delivery ? delivery.applications : [];
  if (options["json"] === true) terminal.out(JSON.stringify({ ...reportOf(delivery, source), dryRun }, null, 2));
  else {
    terminal.out(deliveryInWords(delivery, source?.uncommitted === true, dryRun));
    printApplications(terminal, applications);
  }
  return applications.every(({ isWell }) => isWell) ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
};

interface Said {
  readonly environment: string;
  /** @default - the sandbox's own */
  readonly repository?: string;
  /** @default - the one that the environment says */
  readonly branch?: string;
}

function said({ options }: CommandContext): Said {
  const findings = new Findings();
  const environment = findings.collect(() => oneEnvironment(options, "env"));
  const repository = options["to"] as string | undefined;
  const branch = options["branch"] as string | undefined;
  if (repository === "") {
    const fix = "say which, for example --to https://git.example.com/platform/paved.git";
    findings.add(missing("--to", "the delivery repository", fix));
  }
  if (branch !== undefined && repository === undefined) findings.add(notInSandbox());
  if (branch !== undefined && !/^\w[\w./-]*$/.test(branch)) findings.add(noBranch(branch));
  findings.throwIfAny();
  return { environment: environment!, repository, branch };
}

function notInSandbox(): Finding {
  const fix = "say --to as well, or leave --branch out";
  return { code: "PVD4003", where: "--branch", got: "a branch of the sandbox", want: "one of a repository", fix };
}

function noBranch(got: string): Finding {
  return { code: "PVD4003", where: "--branch", got: masked(got), want: "a branch", fix: "say one such as delivery" };
}

function reportOf({ changes, ...delivery }: Delivery, source: Source | undefined): object {
  return {
    ...delivery,
    before: delivery.before ?? null,
    commit: delivery.commit ?? null,
    source: source?.commit ?? null,
    uncommitted: source?.uncommitted ?? null,
    services: changes.services,
    units: changes.units,
  };
}
