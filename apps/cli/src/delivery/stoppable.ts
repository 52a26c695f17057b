import { PavedError } from "@paved/model";

/**
 * Does work that ends by itself on Ctrl-C, once nothing of it is left behind. The reason of its signal is a PavedError,
 * PVD2006.
 * @param what it is, in the words of the finding
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>, what = "delivery"): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(interrupted(what));
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}

/** Waits for work that knows of no signal. @throws the reason of the signal as soon as it is given */
export async function unlessStopped<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function interrupted(what: string): PavedError {
  return new PavedError({
    code: "PVD2006",
    where: what,
    got: "interrupted",
    want: `a ${what} to its end`,
    fix: "run the same command again: what was done already is not done twice",
  });
}
