import { commitFolder, type Delivery, type DeliveryTarget } from "./folder-commit";
import { EnvironmentFolder } from "./environment-folder";
import { deliveryMessage } from "./message";
import { emptied, overtaken } from "./refusals";
import { isOvertaken, type Source } from "./source";

/** A rendered manifest. */
export interface RenderedFile {
  readonly environment: string;
  /** Folder of the environment that it is in: a service, `platform`, `_argocd` or `_flux`. */
  readonly unit: string;
  /** Name of the file. */
  readonly name: string;
  readonly text: string;
}

/** What is to be delivered, and where. */
export interface DeliveryOptions extends DeliveryTarget {
  /** The whole rendering of the environment; files of other environments are passed over. */
  readonly files: readonly RenderedFile[];
  /** What it was rendered from. @default - the commit does not say, and nothing is held to be overtaken */
  readonly source?: Source;
}

/**
 * Makes the folder `gitops/<environment>` of the branch exactly what was rendered, as `commitFolder` does.
 * @throws PavedError PVD2101 when that would take away all services, PVD2102 when something newer is delivered, and as
 * `commitFolder` does
 */
export function deliver(options: DeliveryOptions): Promise<Delivery> {
  const { environment, source } = options;
  const files = renderedFiles(options);
  return commitFolder(options, {
    source: source?.commit,
    after: (_standing, scratch) => scratch.store(files),
    message: async (changes) => deliveryMessage("Deliver", environment, { changes, source }),
    check: async ({ services, units }, { entries }, branch) => {
      if (services.after === 0 && services.before > 0) throw emptied(environment, services.before);
      if (source === undefined || entries.length === 0 || units.length === 0) return;
      const last = await branch.lastSource(environment);
      if (last !== undefined && (await isOvertaken(source, last))) throw overtaken(environment, source.commit, last);
    },
  });
}

function renderedFiles({ files, environment }: DeliveryOptions): readonly { path: string; text: string }[] {
  const folder = new EnvironmentFolder(environment);
  return files
    .filter((file) => file.environment === environment)
    .map(({ unit, name, text }) => ({ path: `${folder.path}${unit}/${name}`, text }));
}
