/** How callers call. */
export interface CallDefaults {
  readonly deadlineMs: number;
  readonly attempts: number;
}

/**
 * The gRPC service config that callers are handed: calls go to all pods in turn, end at the deadline, and are made again
 * only when the service could not be reached, with growing pauses, and no more once too many fail (gRPC proposals A6
 * "Client retries" and A2 "Service config").
 */
export function serviceConfig({ deadlineMs, attempts }: CallDefaults): string {
  const retry = {
    maxAttempts: attempts,
    initialBackoff: "0.1s",
    maxBackoff: "1s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  return JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    // A name that is empty stands for every method.
    methodConfig: [{ name: [{}], timeout: `${deadlineMs / 1000}s`, ...(attempts > 1 ? { retryPolicy: retry } : {}) }],
    retryThrottling: { maxTokens: 10, tokenRatio: 0.1 },
  });
}
