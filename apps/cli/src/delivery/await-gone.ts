import { isNotThere } from "@paved/control-plane";
import { type Deliverer, DELIVERER_TITLES, type Finding, firstFew, isReservedName, PavedError } from "@paved/model";
import { quantity } from "../terminal/quantity";
import { type Patience, patiently } from "./patiently";
import { type Delivered, REFRESH_MS, releaseHeld, tellThem, WATCHED } from "./watched";

/** How it is waited. */
export interface GoneWait extends Patience {
  /** What delivers. */
  readonly by: Deliverer;
  /** Services that left Git. @default - all did */
  readonly services?: readonly string[];
  /** The commit that no longer has them. @default - nothing was ever delivered */
  readonly commit?: string;
}

/** What is not as it is waited for yet. */
interface Left {
  readonly services: readonly Delivered[];
  /** The first one, which would bring services back while it has not seen the commit. @default - it has, or there is none */
  readonly behind?: Delivered;
}

/**
 * Waits until what delivered services has gone with what it delivered, and nothing can bring them back. Has Argo CD end whatever sync
 * keeps one that is to go.
 * @throws PavedError PVD2108 when one is still there at the end, PVD2006 when it was stopped, PVD9004 when the API server does not
 * answer at the end
 */
export async function awaitGone(wait: GoneWait): Promise<void> {
  const { by, client, signal } = wait;
  const { first, look } = WATCHED[by];
  let asked = 0;
  const seen = await patiently({
    ...wait,
    look: () => unlessUnknown(look(client, signal)),
    isDone: async (delivered, tell) => {
      const left = leftOf(delivered, wait);
      if (left.services.length === 0 && left.behind === undefined) return true;
      tell(inWords(left, by));
      await releaseHeld(by, client, delivered);
      const isUntold = left.behind !== undefined || left.services.some(({ isGoing }) => !isGoing);
      if (isUntold && Date.now() - asked > REFRESH_MS) {
        asked = Date.now();
        await tellThem(client, () => WATCHED[by].tell(client, [first]), signal);
      }
      return false;
    },
    stopped: () => stopped(by),
  });
  const { services, behind } = leftOf(seen, wait);
  const findings = [...services.map((one) => stillThere(wait, one)), ...(behind ? [notSeen(wait, behind)] : [])];
  if (findings.length > 0) throw new PavedError(findings);
}

function leftOf(delivered: readonly Delivered[], { by, services, commit }: GoneWait): Left {
  const isWaitedFor = ({ name }: Delivered): boolean => services?.includes(name) ?? isServiceName(name);
  const first = delivered.find(({ name }) => name === WATCHED[by].first);
  const behind = commit === undefined || first?.settledAt === commit ? undefined : first;
  return { services: delivered.filter(isWaitedFor), behind };
}

/** What the platform has applications of is called as no service can be. */
function isServiceName(name: string): boolean {
  return !name.includes(".") && !isReservedName(name);
}

/** Before anything was delivered, nobody knows what an application is. */
async function unlessUnknown(asked: Promise<readonly Delivered[]>): Promise<readonly Delivered[]> {
  try {
    return await asked;
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}

const NAMED = 4;

function inWords({ services }: Left, by: Deliverer): string {
  const { first, noun } = WATCHED[by];
  if (services.length === 0) return `${first} has not seen the commit yet`;
  const names = services.map(({ name }) => name);
  return `${quantity(names.length, noun)} still ${names.length === 1 ? "goes" : "go"}: ${firstFew(names, NAMED)}`;
}

function stopped(by: Deliverer): PavedError {
  return new PavedError({
    code: "PVD2006",
    where: DELIVERER_TITLES[by],
    got: "interrupted, with services that are out of Git and not gone yet",
    want: "all of them gone",
    fix: "the same command waits again; paved deliver brings them back",
  });
}

function stillThere(wait: GoneWait, { name, message }: Delivered): Finding {
  const { environment, by } = wait;
  return {
    code: "PVD2108",
    where: `${environment} ${name}`,
    got: `its ${WATCHED[by].noun} still there after ${secondsOf(wait)} s${said(message)}`,
    want: `nothing that ${DELIVERER_TITLES[by]} delivers to what is to be destroyed`,
    fix: `look at paved status ${name} --env ${environment}, then run the same command again; paved deliver brings it back`,
  };
}

function notSeen(wait: GoneWait, { name, message }: Delivered): Finding {
  return {
    code: "PVD2108",
    where: `${wait.environment} ${name}`,
    got: `another commit after ${secondsOf(wait)} s${said(message)}`,
    want: `the commit ${wait.commit?.slice(0, 7)}, which no longer has what is to be destroyed`,
    fix: `look at paved sandbox logs --env ${wait.environment}, then run the same command again`,
  };
}

function secondsOf({ patienceMs }: GoneWait): number {
  return patienceMs / 1000;
}

function said(message: string | undefined): string {
  return message === undefined ? "" : `: ${message}`;
}
