import { deliver, type Delivery, masked, type Source, sourceOf } from "@paved/delivery";
import { delivererOf, type Finding, Findings, PavedError, syncWindowInWords } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { deliverToSandbox, PATIENCE_SECONDS, type SandboxDelivery } from "../delivery/deliver-to-sandbox";
import { deliveryInWords } from "../delivery/in-words";
import { printApplications } from "../delivery/print-applications";
import { stoppable } from "../delivery/stoppable";
import { missing, oneEnvironment } from "../releases/asked";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved deliver` */
export const deliverCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const { environment: name, repository, branch, patience } = said(context);
  // Asked before synth reads the files: what is committed meanwhile is not what was rendered.
  const source = await sourceOf(workspace.root);
  const fleet = await fleetAtHand(context);
  select(fleet.index, [], { environments: [name] });
  const environment = fleet.index.environments.find((one) => one.name === name)!;
  const dryRun = options["dryRun"] === true;
  const delivery = await stoppable((signal): Promise<Delivery | SandboxDelivery> => {
    const common = { dryRun, signal, progress: terminal.err };
    if (repository === undefined) return deliverToSandbox({ workspace, fleet, environment, patience, ...common });
    const { delivered: files } = fleet;
    const { revision } = environment.delivery;
    return deliver({ files, environment: name, repository, branch: branch ?? revision, source, ...common });
  });
  const applications = "applications" in delivery ? delivery.applications : [];
  // The sandbox syncs at any time.
  const window = repository === undefined ? undefined : environment.delivery.syncWindow;
  if (options["json"] === true) {
    terminal.out(JSON.stringify({ ...reportOf(delivery, source), syncWindow: window ?? null, dryRun }, null, 2));
  } else {
    terminal.out(deliveryInWords(delivery, source?.uncommitted === true, dryRun));
    if (window !== undefined)
      terminal.out(`Argo CD syncs it by itself at ${syncWindowInWords(window)}; at any time when it is asked to`);
    printApplications(terminal, delivererOf(environment), applications);
  }
  return applications.every(({ isWell }) => isWell) ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
};

interface Said {
  readonly environment: string;
  /** @default - the sandbox's own */
  readonly repository?: string;
  /** @default - the one that the environment says */
  readonly branch?: string;
  /** Seconds. @default - as long as a delivery to the sandbox is waited for */
  readonly patience?: number;
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
  const patience = findings.collect(() => patienceOf(options["wait"]));
  if (patience !== undefined && repository !== undefined) findings.add(notWaitedFor());
  if (branch !== undefined && !/^\w[\w./-]*$/.test(branch)) findings.add(noBranch(branch));
  findings.throwIfAny();
  return { environment: environment!, repository, branch, patience };
}

function notInSandbox(): Finding {
  const fix = "say --to as well, or leave --branch out";
  return { code: "PVD4003", where: "--branch", got: "a branch of the sandbox", want: "one of a repository", fix };
}

function notWaitedFor(): Finding {
  const fix = "leave --wait out, and look at what delivers to that environment";
  return {
    code: "PVD4003",
    where: "--wait",
    got: "a repository",
    want: "the sandbox, in which it is known what delivers",
    fix,
  };
}

/** @throws PavedError PVD4003 for anything but a number */
function patienceOf(value: CommandContext["options"][string]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600) return seconds;
  const want = "a whole number of seconds from 0 to 3600";
  const fix = `leave it out for ${PATIENCE_SECONDS}`;
  throw new PavedError({ code: "PVD4003", where: "--wait", got: String(value), want, fix });
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
