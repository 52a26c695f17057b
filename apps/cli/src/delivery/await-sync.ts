import { type Deliverer, DELIVERER_TITLES, PavedError } from "@paved/model";
import { quantity } from "../terminal/quantity";
import { type Patience, patiently } from "./patiently";
import { type Delivered, REFRESH_MS, releaseHeld, tellThem, WATCHED } from "./watched";

/** An application of Argo CD, or a Kustomization of Flux, as it is. */
export interface AppliedApplication {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  /** The commit that it is synced to. */
  readonly revision: string;
  /** What is wrong, in its words. @default - nothing */
  readonly message?: string;
  /** Whether it is synced to a commit that has its manifests as they are delivered, and all of them are as they should be. */
  readonly isWell: boolean;
}

/** So many are looked at in that time. To be told more often only makes it look twice. */
const LOOKED_AT = 20;

/** How it is waited. */
export interface SyncWait extends Patience {
  /** What delivers. */
  readonly by: Deliverer;
  /** What was delivered: the commit, the one before it, and what is not as it was in that one. */
  readonly delivered: { readonly commit: string; readonly before?: string; readonly changed: ReadonlySet<string> };
  /** Units of the environment that have an application of their own; all others are of the first one's folder, `_argocd` or `_flux`. */
  readonly units: readonly string[];
}

/**
 * Waits until every application is synced to what was delivered and healthy, or the patience ends. One whose manifests are as
 * before needs not have seen the last commit. An API server that does not answer for a while is asked again.
 * @returns all applications as they are then, those that are not well first
 * @throws PavedError PVD2006 when it was stopped, PVD9004 when the API server does not answer at the end
 */
export async function awaitSync(wait: SyncWait): Promise<readonly AppliedApplication[]> {
  const { noun, well, look } = WATCHED[wait.by];
  let asked = 0;
  let last: readonly Delivered[] | undefined;
  const seen = await patiently({
    ...wait,
    look: async () => (last = await look(wait.client, wait.signal)),
    isDone: async (delivered, tell) => {
      const applications = applicationsOf(delivered, wait);
      const waiting = applications.filter(isWaitedFor);
      if (waiting.length === 0) return true;
      tell(`${applications.length - waiting.length} of ${quantity(applications.length, noun)} ${well}`);
      await releaseHeld(wait.by, wait.client, delivered);
      if (Date.now() - asked > REFRESH_MS * Math.ceil(waiting.length / LOOKED_AT)) {
        asked = Date.now();
        await askAgain(wait, waiting);
      }
      return false;
    },
    stopped: () => stopped(wait, last && applicationsOf(last, wait).filter(isWaitedFor).length),
  });
  return applicationsOf(seen, wait).toSorted((a, b) => Number(a.isWell) - Number(b.isWell));
}

function isWaitedFor({ isWell }: AppliedApplication): boolean {
  return !isWell;
}

function stopped({ by }: SyncWait, waiting: number | undefined): PavedError {
  const { noun, well } = WATCHED[by];
  const left = waiting === undefined ? "" : `, with ${quantity(waiting, noun)} not well yet`;
  return new PavedError({
    code: "PVD2006",
    where: DELIVERER_TITLES[by],
    got: `interrupted${left}`,
    want: `all of them ${well}`,
    fix: `it is delivered, and ${DELIVERER_TITLES[by]} goes on: the same command waits again`,
  });
}

function applicationsOf(delivered: readonly Delivered[], wait: SyncWait): readonly AppliedApplication[] {
  const there = delivered.map((one) => read(one, wait));
  const missing = wait.units.filter((name) => !there.some((one) => one.name === name));
  const none = { sync: "Missing", health: "Missing", revision: "", isWell: false };
  return [...there, ...missing.map((name) => ({ name, ...none }))];
}

function read({ name, status }: Delivered, wait: SyncWait): AppliedApplication {
  const { sync, health, revision = "", message } = status;
  const isWell = sync === "Synced" && health === "Healthy" && commitsFor(name, wait).includes(revision);
  return { name, sync, health, revision, message, isWell };
}

/** Commits that have the manifests of an application as they are delivered. */
function commitsFor(name: string, { by, units, delivered }: SyncWait): readonly string[] {
  const { commit, before, changed } = delivered;
  const unit = units.includes(name) ? name : WATCHED[by].folder;
  return before === undefined || changed.has(unit) ? [commit] : [commit, before];
}

/** Those that have not seen what was delivered are told to look. */
async function askAgain(wait: SyncWait, waiting: readonly AppliedApplication[]): Promise<void> {
  const behind = waiting.filter(({ name, sync, revision }) => {
    return sync !== "Missing" && !commitsFor(name, wait).includes(revision);
  });
  if (behind.length === 0) return;
  const names = behind.map(({ name }) => name);
  await tellThem(wait.client, () => WATCHED[wait.by].tell(wait.client, names), wait.signal);
}
