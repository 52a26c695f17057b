import { absoluteRepository, maskedFor } from "./address";
import { changesBetween, type DeliveryChanges, type Listing } from "./changes";
import { DeliveryBranch } from "./delivery-branch";
import { deliveryMessage } from "./message";
import { emptied, outrun, overtaken, unreachable } from "./refusals";
import { GitFailure } from "./run-git";
import { ScratchRepository, type TreeEntry } from "./scratch-repository";
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
export interface DeliveryOptions {
  /** The whole rendering of the environment; files of other environments are passed over. */
  readonly files: readonly RenderedFile[];
  readonly environment: string;
  /** A repository as Git takes it: a path, or an address of https or ssh. Credentials are Git's own business. */
  readonly repository: string;
  /** @default "delivery" */
  readonly branch?: string;
  /** What it was rendered from. @default - the commit does not say, and nothing is held to be overtaken */
  readonly source?: Source;
  /** Find out what would change, and push nothing. @default false */
  readonly dryRun?: boolean;
  /** Told what goes on. @default - nobody is */
  readonly progress?: (line: string) => void;
  /** Stops it; nothing is left behind. @default - nothing does */
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface Delivery {
  readonly environment: string;
  /** Without password. */
  readonly repository: string;
  readonly branch: string;
  /** Where the branch was. @default - it did not exist */
  readonly before?: string;
  /** The commit that was made. @default - none: it is as delivered before, or was only tried */
  readonly commit?: string;
  readonly source?: string;
  readonly changes: DeliveryChanges;
}

/** Attempts, when others push in between. */
export const ATTEMPTS = 5;

/**
 * Makes the folder `gitops/<environment>` of the branch exactly what was rendered, by one commit on top of it, and leaves
 * everything else there as it is. Without a difference there is no commit. Nothing is forced: who pushed in between is built
 * upon. Works in a temporary folder; no repository of the user's is written to.
 * @throws PavedError PVD2101 when that would take away all services, PVD2102 when something newer is delivered, PVD2103 when
 * the repository cannot be read or written, PVD2104 when others were faster each time, PVD2006 when it was stopped
 */
export async function deliver(options: DeliveryOptions): Promise<Delivery> {
  try {
    return await untilPushed(options);
  } catch (error) {
    throw error instanceof GitFailure ? unreachable(options.repository, error.message) : error;
  }
}

async function untilPushed(options: DeliveryOptions): Promise<Delivery> {
  const { repository, branch = "delivery", progress = () => {}, signal } = options;
  const scratch = await ScratchRepository.create(signal);
  try {
    const place = new DeliveryBranch(scratch, absoluteRepository(repository, process.cwd()), branch);
    const rendered = await scratch.store(renderedFiles(options));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const done = await tryOnce({ ...options, branch }, { scratch, place, rendered });
      if (done !== undefined) return done;
      progress(`somebody else pushed to ${branch} meanwhile: once more on top of that`);
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
    throw outrun(branch, ATTEMPTS);
  } finally {
    scratch.remove();
  }
}

interface Attempt {
  readonly scratch: ScratchRepository;
  readonly place: DeliveryBranch;
  readonly rendered: readonly TreeEntry[];
}

/** @returns nothing when somebody else was faster */
async function tryOnce(
  options: DeliveryOptions & { readonly branch: string },
  { scratch, place, rendered }: Attempt,
): Promise<Delivery | undefined> {
  const { environment, repository, branch, source, dryRun = false } = options;
  const tip = await place.fetch();
  const standing = tip === undefined ? [] : await scratch.entriesOf(tip);
  const folder = folderOf(environment);
  const own = standing.filter((entry) => isIn(folder, entry));
  const changes = changesBetween(listing(folder, own), listing(folder, rendered));
  const { services, units } = changes;
  if (services.after === 0 && services.before > 0) throw emptied(environment, services.before);
  if (source !== undefined && own.length > 0 && units.length > 0) await refuseOvertaken(environment, source, place);
  const delivery: Delivery = {
    environment,
    repository: maskedFor(repository)(repository),
    branch,
    changes,
    ...(tip !== undefined && { before: tip }),
    ...(source !== undefined && { source: source.commit }),
  };
  if (units.length === 0 || dryRun) return delivery;
  const others = standing.filter((entry) => !isIn(folder, entry));
  const commit = await scratch.commit([...others, ...rendered], deliveryMessage(environment, changes, source), tip);
  return (await place.push(commit, tip)) ? { ...delivery, commit } : undefined;
}

async function refuseOvertaken(environment: string, source: Source, place: DeliveryBranch): Promise<void> {
  const last = await place.lastSource(environment);
  if (last !== undefined && (await isOvertaken(source, last))) throw overtaken(environment, source.commit, last);
}

function renderedFiles({ files, environment }: DeliveryOptions): readonly { path: string; text: string }[] {
  return files
    .filter((file) => file.environment === environment)
    .map(({ unit, name, text }) => ({ path: `${folderOf(environment)}${unit}/${name}`, text }));
}

/** Folder of the repository that an environment's cluster reads. */
function folderOf(environment: string): string {
  return `gitops/${environment}/`;
}

/** A file in the place of the folder, or of the one that is around it, gives way to it as well. */
function isIn(folder: string, { path }: TreeEntry): boolean {
  return path.startsWith(folder) || folder.startsWith(`${path}/`);
}

function listing(folder: string, entries: readonly TreeEntry[]): Listing {
  const below = (path: string) => (path.startsWith(folder) ? path.slice(folder.length) : path);
  return new Map(entries.map(({ mode, id, path }) => [below(path), `${mode} ${id}`]));
}
