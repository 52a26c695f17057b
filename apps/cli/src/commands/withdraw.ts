import { type Delivery, withdraw } from "@paved/delivery";
import type { EnvironmentEntry } from "@paved/model";
import { type Fleet, select } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { type DeliveryAsked, deliveryAsked } from "../delivery/asked";
import { deliveryInWords } from "../delivery/in-words";
import { sandboxPlace } from "../delivery/sandbox-place";
import { stoppable, unlessStopped } from "../delivery/stoppable";
import { withdrawFromSandbox } from "../delivery/withdraw-from-sandbox";
import { EXIT_CODES } from "../exit-codes";
import { confirm } from "../terminal/confirm";
import { reportOf } from "./deliver";
import { chosenStacks, fleetAtHand } from "./fleet-at-hand";

/** `paved withdraw` */
export const withdrawCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const asked = deliveryAsked(options);
  const fleet = await fleetAtHand(context);
  const services = servicesAsked(fleet, context, asked.environment);
  const environment = fleet.index.environments.find(({ name }) => name === asked.environment)!;
  const dryRun = options["dryRun"] === true;
  if (!dryRun && options["yes"] !== true) {
    const what = services === undefined ? "every service" : services.join(", ");
    await confirm(terminal, `take ${what} of ${environment.name} out of Git, so that nothing of it runs?`);
  }
  const withdrawal = { environment, services, dryRun, asked };
  const done = await stoppable((signal) => withdrawAsked(context, { ...withdrawal, signal }), "withdrawal");
  if (options["json"] === true) terminal.out(JSON.stringify({ ...reportOf(done, undefined), dryRun }, null, 2));
  else terminal.out(deliveryInWords(done, false, dryRun));
  return EXIT_CODES.ok.code;
};

interface Withdrawal {
  readonly environment: EnvironmentEntry;
  readonly services: readonly string[] | undefined;
  readonly dryRun: boolean;
  readonly asked: DeliveryAsked;
  readonly signal: AbortSignal;
}

async function withdrawAsked({ workspace, terminal }: CommandContext, withdrawal: Withdrawal): Promise<Delivery> {
  const { environment, asked, ...common } = withdrawal;
  const { repository, branch = environment.delivery.revision, patience } = asked;
  if (repository !== undefined)
    return withdraw({ ...common, environment: environment.name, repository, branch, progress: terminal.err });
  const sandbox = await unlessStopped(common.signal, sandboxPlace(workspace, environment));
  try {
    return await withdrawFromSandbox(sandbox, { ...common, patience, progress: terminal.err });
  } finally {
    sandbox.client.close();
  }
}

/** @throws PavedError PVD1001 or PVD4001 for a name that nothing has. @returns nothing for all */
function servicesAsked(fleet: Fleet, { options }: CommandContext, environment: string): readonly string[] | undefined {
  if (options["service"] === undefined) {
    select(fleet.index, [], { environments: [environment] });
    return undefined;
  }
  return chosenStacks(fleet, { ...options, env: [environment] }).flatMap(({ service }) => service ?? []);
}
