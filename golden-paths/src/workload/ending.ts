/** How a pod ends, in seconds. */
export interface Ending {
  /** That it goes on serving before it is told to end, until no new requests come. */
  readonly drainSeconds: number;
  /** That it is waited for in all, before it is killed. */
  readonly graceSeconds: number;
}

/** The load balancer has to be told of a pod that ends, and to stop sending requests there. */
const EXPOSED_DRAIN_SECONDS = 20;
/** Over what a message is hidden for, so that the last one is done before another pod is given it. */
const OVER_VISIBILITY_SECONDS = 30;
/** A node that is replaced waits this long for its pods (EKS user guide, "Update behavior of managed node groups"). */
const NODE_WAITS_SECONDS = 900;

/** Longest that a message may be hidden from others, for pods that keep running: what they have in hand is done before their node goes. */
export const LONGEST_VISIBILITY_SECONDS = NODE_WAITS_SECONDS - OVER_VISIBILITY_SECONDS - EXPOSED_DRAIN_SECONDS;

/** What decides how a pod ends. */
export interface EndingFacts {
  /** Whether the load balancer leads to it. */
  readonly exposed: boolean;
  /** Seconds that callers inside need to learn that it is about to end. */
  readonly drainSeconds: number;
  /** Seconds that requests which have begun may take. */
  readonly finishSeconds: number;
  /** Seconds that a message in hand is hidden from others. @default - it takes none */
  readonly visibilitySeconds: number | undefined;
}

/** Long enough to lose no request that came, and to finish the message in hand. */
export function ending({ exposed, drainSeconds, finishSeconds, visibilitySeconds }: EndingFacts): Ending {
  const drain = exposed ? EXPOSED_DRAIN_SECONDS : drainSeconds;
  const message = visibilitySeconds === undefined ? 0 : visibilitySeconds + OVER_VISIBILITY_SECONDS;
  return { drainSeconds: drain, graceSeconds: drain + Math.max(finishSeconds, message) };
}
