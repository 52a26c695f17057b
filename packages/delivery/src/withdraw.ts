import { manifestFileName } from "@paved/model";
import { isService, unitOf } from "./changes";
import { commitFolder, type Delivery, type DeliveryTarget } from "./folder-commit";
import { deliveryMessage } from "./message";

/** Whose services are no longer to be delivered. */
export interface WithdrawalOptions extends DeliveryTarget {
  /** Names of services; one that is not delivered is passed over. @default - all there are */
  readonly services?: readonly string[];
}

/**
 * Takes services of an environment out of the branch: the folder of each, and what tells Argo CD or Flux of it. Everything else stays as
 * it was delivered, also the commit that it is said to come from. What delivers then takes away what it brought, while all that it needs
 * for that is still there: so what is to be destroyed leaves Git first.
 * @throws PavedError as `commitFolder` does
 */
export function withdraw(options: WithdrawalOptions): Promise<Delivery> {
  const { environment, services } = options;
  return commitFolder(options, {
    after: async ({ folder, entries }) => {
      const within = entries.map(({ path }) => folder.within(path));
      const delivered = [...new Set(within.map(unitOf).filter(isService))];
      const going = delivered.filter((name) => services === undefined || services.includes(name));
      const told = new Set(going.flatMap((name) => TELLING.map((kind) => manifestFileName(kind, name))));
      return entries.filter(({ path }) => {
        const file = folder.within(path);
        const unit = unitOf(file);
        return !going.includes(unit) && !(unit.startsWith("_") && told.has(file.slice(unit.length + 1)));
      });
    },
    message: async (changes, branch) => {
      const commit = await branch.lastSource(environment);
      return deliveryMessage("Withdraw", environment, {
        changes,
        source: commit === undefined ? undefined : { commit },
      });
    },
    check: async () => {},
  });
}

/** Kinds of what tells Argo CD, or Flux, of one service. */
const TELLING = ["Application", "Kustomization"];
