import { delivererOf, DELIVERERS, Findings, PavedError } from "@paved/model";
import {
  DEFAULT_CONCURRENCY,
  type Fleet,
  isRunOk,
  type Mode,
  type RunCommand,
  type RunResult,
  runInSession,
  withDependencies,
  type Workspace,
} from "@paved/pipeline";
import { applyFromBundle, bundleAsked, planToBundle } from "./bundle";
import { dayOf } from "./deviations";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";
import { placeOf } from "./place";
import { askBefore, exitCodeOf, parseConcurrency, planSettingsOf, printResult, withEngine } from "./run-with-engine";
import type { CommandContext, CommandRun, OptionValues } from "../command-spec";
import { type After, deliverAll } from "../delivery/deliver-all";
import { withdrawFirst } from "../delivery/withdraw-first";
import { type StartedControlPlane, startControlPlanes } from "../control-plane/start-control-planes";
import { EXIT_CODES, exitCodeFor } from "../exit-codes";

/** `paved plan` */
export const planCommand: CommandRun = async (context) => {
  const asked = bundleAsked(context.options, ["base", "baseFromGithub", "today"]);
  return asked === undefined ? runStacks(context, "plan") : planToBundle(context, asked);
};

/** `paved apply` */
export const applyCommand: CommandRun = async (context) => {
  const asked = bundleAsked(context.options, [], ["env", "service"]);
  return asked === undefined ? runStacks(context, "apply") : applyFromBundle(context, asked);
};

/** `paved destroy` */
export const destroyCommand: CommandRun = (context) => runStacks(context, "destroy");

/** `paved rehearse` */
export const rehearseCommand: CommandRun = (context) =>
  context.options["controlPlane"] === true ? rehearseOnControlPlanes(context) : runStacks(context, "rehearse");

/** Rehearses the whole fleet in the sandbox. */
export function rehearseFleet(context: CommandContext, fleet: Fleet): Promise<RunResult> {
  const { stacks } = fleet;
  const { workspace } = context;
  return runChosen(context, {
    command: "rehearse",
    mode: "sandbox",
    workspace,
    concurrency: DEFAULT_CONCURRENCY,
    fleet,
    stacks,
    today: dayOf(context.options),
  });
}

/** A rehearsal whose Kubernetes objects are real ones, after which what runs is delivered by what each environment says. */
async function rehearseOnControlPlanes(context: CommandContext): Promise<number> {
  const { options } = context;
  if (options["service"] !== undefined) throw onlyWhole();
  // Whatever is wrong with the words is said before minutes of building.
  parseConcurrency(options);
  dayOf(options);
  const fleet = await fleetAtHand(context);
  const chosen = new Set(chosenStacks(fleet, options).map(({ environment }) => environment));
  const environments = fleet.index.environments.filter(({ name }) => chosen.has(name));
  const told = ({ environment, server, seconds }: StartedControlPlane): void =>
    context.terminal.err(`${environment}: a control plane runs at ${server}, ready in ${seconds} s`);
  for (const delivery of DELIVERERS) {
    const names = environments.filter((one) => delivererOf(one) === delivery).map(({ name }) => name);
    if (names.length > 0)
      await startControlPlanes(context, { index: fleet.index, environments: names, delivery, told });
  }
  return runStacks(context, "rehearse", { fleet, after: (ran) => deliverAll(context, { fleet, environments, ran }) });
}

function onlyWhole(): PavedError {
  return new PavedError({
    code: "PVD4003",
    where: "--control-plane",
    got: "--service as well",
    want: "whole environments: all that is in one is delivered",
    fix: "leave --service out, or use paved apply and paved status",
  });
}

/** What is done beside a run. */
interface Beside {
  /** @default - the one at hand */
  readonly fleet?: Fleet;
  /** What comes after it. @returns what there is to say, and whether all is well. @default - nothing */
  readonly after?: (result: RunResult) => Promise<After>;
}

const WITHDRAWN_FIRST =
  "what is delivered leaves Git first, or Argo CD never lets go of it: paved withdraw --env <name> --to <repository>";

async function runStacks(context: CommandContext, command: RunCommand, beside: Beside = {}): Promise<number> {
  const { options } = context;
  const wrong = new Findings();
  const concurrency = wrong.collect(() => parseConcurrency(options))!;
  const today = wrong.collect(() => dayOf(options))!;
  const { mode, workspace } = placeOf(context);
  const fleet = beside.fleet ?? (await fleetAtHand(context));
  const stacks = wrong.collect(() => stacksFor(command, fleet, options))!;
  wrong.throwIfAny();
  if (command === "destroy" && mode === "live") context.terminal.err(WITHDRAWN_FIRST);
  await askBefore(context, command, mode, stacks);
  const result = await runChosen(context, { command, mode, workspace, concurrency, fleet, stacks, today });
  const after = await beside.after?.(result);
  printResult(context, result, after && { ...after.report, ok: isRunOk(result) && after.isWell });
  after?.print();
  if (after === undefined || after.isWell) return exitCodeOf(result, options);
  context.happened?.({ kind: "findings", findings: after.findings });
  return after.findings.length > 0 ? exitCodeFor(after.findings) : EXIT_CODES.failed.code;
}

interface Chosen {
  readonly command: RunCommand;
  readonly mode: Mode;
  readonly workspace: Workspace;
  readonly concurrency: number;
  readonly fleet: Fleet;
  readonly stacks: Fleet["stacks"];
  readonly today: string;
}

function runChosen(context: CommandContext, chosen: Chosen): Promise<RunResult> {
  const planSettings = planSettingsOf(context.options);
  const before = (refused: Fleet["stacks"]): Promise<void> => withdrawFirst(context, { ...chosen, refused });
  const first = chosen.mode === "sandbox" ? { before } : {};
  return withEngine(context, chosen, (shared) => runInSession({ ...chosen, ...shared, ...first, planSettings }));
}

/** A rehearsal of one service takes what the service stands on with it: a fresh sandbox has none of it. */
function stacksFor(command: RunCommand, fleet: Fleet, options: OptionValues): Fleet["stacks"] {
  const chosen = chosenStacks(fleet, options);
  return command === "rehearse" ? withDependencies(fleet.stacks, chosen) : chosen;
}
