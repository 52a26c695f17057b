import { type ApiClient, isPassing, onceStarted } from "@paved/control-plane";
import type { PavedError } from "@paved/model";
import { notAnswering } from "./not-answering";

/** How many seconds what delivers in the sandbox is waited for, when nobody says so. */
export const PATIENCE_SECONDS = 180;

const POLL_MS = 500;

/** Who is waited with, and for how long. */
export interface Patience {
  readonly environment: string;
  readonly client: ApiClient;
  /** Milliseconds until it is given up. */
  readonly patienceMs: number;
  /** Told what is waited for, and of an API server that does not answer, when that changes. */
  readonly progress: (line: string) => void;
  /** Ends the wait. @default - nothing does */
  readonly signal?: AbortSignal;
}

/** What is waited for. */
export interface Wait<T> extends Patience {
  /** Asks the API server. */
  look(): Promise<T>;
  /** Whether what was seen is what is waited for. It may tell what is still to come, and do something about it. */
  isDone(seen: T, tell: (line: string) => void): Promise<boolean>;
  /** What it ends with when it is stopped. */
  stopped(): PavedError;
}

/**
 * Asks an API server until something is as it is waited for, or the patience ends. One that does not answer for a while is asked again.
 * @returns what was seen last
 * @throws PavedError PVD9004 when the API server does not answer at the end, and what it ends with when it is stopped
 */
export async function patiently<T extends object>(wait: Wait<T>): Promise<T> {
  const { environment, client, patienceMs, progress, signal } = wait;
  let told = "";
  const tell = (line: string): void => {
    if (line !== told) progress(line);
    told = line;
  };
  for (const until = Date.now() + patienceMs; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    const seen = await onceStarted(client, () => wait.look(), signal).catch((error: unknown) =>
      unlessPassing(wait, error),
    );
    const isOver = Date.now() > until;
    if (signal?.aborted === true) throw wait.stopped();
    if (!(seen instanceof Error)) {
      if (isOver || (await wait.isDone(seen, tell))) return seen;
    } else if (isOver) throw notAnswering(environment, seen);
    else tell(`the API server does not answer, and is asked again: ${seen.message}`);
  }
}

/** What an API server may get over, and what a stopped question ended with. @throws anything else */
function unlessPassing({ signal }: Patience, error: unknown): Error {
  if (isPassing(error)) return error;
  if (signal?.aborted === true) return signal.reason as Error;
  throw error;
}
