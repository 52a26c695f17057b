import { absoluteRepository, maskedFor } from "./address";
import { changesBetween, type DeliveryChanges } from "./changes";
import { DeliveryBranch } from "./delivery-branch";
import { EnvironmentFolder } from "./environment-folder";
import { outrun, unreachable } from "./refusals";
import { GitFailure } from "./run-git";
import { ScratchRepository, type TreeEntry } from "./scratch-repository";

/** The environment of which something is committed, and where. */
export interface DeliveryTarget {
  readonly environment: string;
  /** A repository as Git takes it: a path, or an address of https or ssh. Credentials are Git's own business. */
  readonly repository: string;
  /** @default "delivery" */
  readonly branch?: string;
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

/** The folder of an environment as it is on the branch. */
export interface Standing {
  readonly folder: EnvironmentFolder;
  readonly entries: readonly TreeEntry[];
}

/** What the folder of an environment is to become. */
export interface FolderChange {
  /** Commit of the sources that it comes from. @default - it comes from none, or that is not known */
  readonly source?: string;
  /** Its files from now on. */
  after(standing: Standing, scratch: ScratchRepository): Promise<readonly TreeEntry[]>;
  /** @throws PavedError for what stands against it */
  check(changes: DeliveryChanges, standing: Standing, branch: DeliveryBranch): Promise<void>;
  /** What the commit says. */
  message(changes: DeliveryChanges, branch: DeliveryBranch): Promise<string>;
}

/** Attempts, when others push in between. */
export const ATTEMPTS = 5;

/**
 * Makes the folder of an environment what it is to become, by one commit on top of the branch, and leaves everything else there as
 * it is. Without a difference there is no commit. Nothing is forced: who pushed in between is built upon. Works in a temporary
 * folder; no repository of the user's is written to.
 * @throws PavedError PVD2103 when the repository cannot be read or written, PVD2104 when others were faster each time, PVD2006
 * when it was stopped, and whatever the check of the change does
 */
export async function commitFolder(place: DeliveryTarget, change: FolderChange): Promise<Delivery> {
  try {
    return await untilPushed(place, change);
  } catch (error) {
    throw error instanceof GitFailure ? unreachable(place.repository, error.message) : error;
  }
}

async function untilPushed(place: DeliveryTarget, change: FolderChange): Promise<Delivery> {
  const { repository, branch = "delivery", progress = () => {}, signal } = place;
  const scratch = await ScratchRepository.create(signal);
  try {
    const onto = new DeliveryBranch(scratch, absoluteRepository(repository, process.cwd()), branch);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const done = await tryOnce({ ...place, branch }, change, { scratch, onto });
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
  readonly onto: DeliveryBranch;
}

/** @returns nothing when somebody else was faster */
async function tryOnce(
  place: DeliveryTarget & { readonly branch: string },
  change: FolderChange,
  { scratch, onto }: Attempt,
): Promise<Delivery | undefined> {
  const { environment, repository, branch, dryRun = false } = place;
  const tip = await onto.fetch();
  const all = tip === undefined ? [] : await scratch.entriesOf(tip);
  const folder = new EnvironmentFolder(environment);
  const standing = { folder, entries: all.filter((entry) => folder.has(entry)) };
  const after = await change.after(standing, scratch);
  const changes = changesBetween(folder.listing(standing.entries), folder.listing(after));
  await change.check(changes, standing, onto);
  const delivery: Delivery = {
    environment,
    repository: maskedFor(repository)(repository),
    branch,
    changes,
    ...(tip !== undefined && { before: tip }),
    ...(change.source !== undefined && { source: change.source }),
  };
  if (changes.units.length === 0 || dryRun) return delivery;
  const others = all.filter((entry) => !folder.has(entry));
  const commit = await scratch.commit([...others, ...after], await change.message(changes, onto), tip);
  return (await onto.push(commit, tip)) ? { ...delivery, commit } : undefined;
}
