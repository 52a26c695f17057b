import { deliver, type Delivery, type Source, sourceOf } from "@paved/delivery";
import { delivererOf, syncWindowInWords } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { deliveryAsked } from "../delivery/asked";
import { deliverToSandbox, type SandboxDelivery } from "../delivery/deliver-to-sandbox";
import { deliveryInWords } from "../delivery/in-words";
import { printApplications } from "../delivery/print-applications";
import { stoppable } from "../delivery/stoppable";
import { fleetAtHand } from "./fleet-at-hand";

/** `paved deliver` */
export const deliverCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const { environment: name, repository, branch, patience } = deliveryAsked(options);
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

/** What came of it, for machines. */
export function reportOf({ changes, ...delivery }: Delivery, source: Source | undefined): object {
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
