import { ApiRefusal, isPassing } from "@paved/control-plane";
import { type Deliverer, DELIVERER_TITLES, isReservedName, PavedError } from "@paved/model";
import { quantity } from "../terminal/quantity";
import { type Patience, patiently } from "./patiently";
import { type Delivered, WATCHED } from "./watched";

const REFRESH_MS = 5_000;

/** How it is waited. */
export interface GoneWait extends Patience {
  /** What delivers. */
  readonly by: Deliverer;
  /** Services that left Git. @default - all did */
  readonly services?: readonly string[];
}

/**
 * Waits until what delivered services has gone with what it delivered, and has Argo CD end whatever sync keeps one of them.
 * @throws PavedError PVD2108 when one is still there at the end, PVD2006 when it was stopped, PVD9004 when the API server does not
 * answer at the end
 */
export async function awaitGone(wait: GoneWait): Promise<void> {
  const { by, client, services, signal } = wait;
  const { noun, first, look } = WATCHED[by];
  const isWaitedFor = ({ name }: Delivered): boolean => services?.includes(name) ?? isServiceName(name);
  let asked = 0;
  const left = await patiently({
    ...wait,
    look: async () => (await unlessUnknown(look(client, signal))).filter(isWaitedFor),
    isDone: async (seen, tell) => {
      if (seen.length === 0) return true;
      tell(`${quantity(seen.length, noun)} still ${seen.length === 1 ? "goes" : "go"}: ${named(seen)}`);
      const held = seen.filter(({ isHeld }) => isHeld).map(({ name }) => name);
      await unlessGone(Promise.all(held.map((name) => WATCHED[by].release(client, name))));
      if (Date.now() - asked > REFRESH_MS && seen.some(({ isGoing }) => !isGoing)) {
        asked = Date.now();
        await unlessGone(WATCHED[by].tell(client, [first]));
      }
      return false;
    },
    stopped: () => stopped(by),
  });
  if (left.length > 0) throw new PavedError(left.map((one) => stillThere(wait, one)));
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
    if (error instanceof ApiRefusal && error.status === 404) return [];
    throw error;
  }
}

/** What is told to go may have gone meanwhile; who does not answer is told the next time. */
async function unlessGone(told: Promise<unknown>): Promise<void> {
  try {
    await told;
  } catch (error) {
    if (!isPassing(error) && !(error instanceof ApiRefusal && error.status === 404)) throw error;
  }
}

const NAMED = 4;

function named(seen: readonly Delivered[]): string {
  const names = seen.map(({ name }) => name);
  return names.length <= NAMED
    ? names.join(", ")
    : `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
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

function stillThere({ environment, by, patienceMs }: GoneWait, { name, status }: Delivered) {
  const { noun } = WATCHED[by];
  return {
    code: "PVD2108" as const,
    where: `${environment} ${name}`,
    got: `${article(noun)} ${noun} that is still there after ${patienceMs / 1000} s${status.message === undefined ? "" : `: ${status.message}`}`,
    want: `nothing that ${DELIVERER_TITLES[by]} delivers to what is to be destroyed`,
    fix: `look at paved status ${name} --env ${environment}, then run the same command again; paved deliver brings it back`,
  };
}

function article(noun: string): string {
  return /^[aeiou]/i.test(noun) ? "an" : "a";
}
