import type { ObservedService } from "./observed";
import { type Labels, oneOf, series, sumRate } from "./promql";

/**
 * What a service does for others, piece by piece, as its own metrics tell it. All names are OpenTelemetry's, in the form
 * that Prometheus keeps them:
 *
 * - http: `http.server.request.duration` (semantic conventions for HTTP metrics, stable). A status of 500 or more failed.
 * - grpc: `rpc.server.call.duration` (semantic conventions for RPC metrics, stable since 1.45), not the older
 *   `rpc.server.duration`, and not the names of grpc-prometheus. What failed is what the conventions for gRPC call an
 *   error of the server.
 * - worker: `messaging.process.duration` (semantic conventions for messaging metrics). With an `error.type` it failed.
 */
export interface Work {
  /** What one piece of it is called, more than one: `requests`. */
  readonly pieces: string;
  /** Histogram in seconds, without `_bucket` and `_count`. */
  readonly metric: string;
  /** Which series are this service's work. */
  readonly labels: Labels;
  /** What is also true of work that failed. */
  readonly failed: Labels;
  /** Label that tells one sort of work from another. */
  readonly sort: string;
  /** Label that says how it ended. */
  readonly outcome: string;
}

/** Upper bounds of the histograms, in seconds: what the conventions advise for all three. */
export const DURATION_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;

/** What kubelet, load balancer and Prometheus ask for. */
const UNMEASURED_ROUTES = ["/healthz", "/readyz", "/metrics"];

/** Codes that are the server's fault (OpenTelemetry semantic conventions for gRPC, "gRPC Status"). */
const GRPC_FAULTS = ["DATA_LOSS", "DEADLINE_EXCEEDED", "INTERNAL", "UNAVAILABLE", "UNIMPLEMENTED", "UNKNOWN"];

/** What the service does, piece by piece. @returns undefined for a job, which does one thing, and a site, of which CloudFront tells */
export function work(observed: ObservedService): Work | undefined {
  const namespace = observed.name;
  if (observed.kind === "http") {
    const unmeasured = oneOf(observed.unmeasuredRoutes ?? UNMEASURED_ROUTES);
    return {
      pieces: "requests",
      metric: "http_server_request_duration_seconds",
      labels: { namespace, ...(unmeasured === "" ? {} : { http_route: { unlike: unmeasured } }) },
      failed: { http_response_status_code: { matches: "5.." } },
      sort: "http_route",
      outcome: "http_response_status_code",
    };
  }
  if (observed.kind === "grpc") {
    return {
      pieces: "calls",
      metric: "rpc_server_call_duration_seconds",
      labels: { namespace, rpc_method: { unlike: String.raw`grpc\.health\..*` } },
      failed: { rpc_response_status_code: { matches: oneOf(GRPC_FAULTS) } },
      sort: "rpc_method",
      outcome: "rpc_response_status_code",
    };
  }
  if (observed.kind === "worker") {
    return {
      pieces: "messages",
      metric: "messaging_process_duration_seconds",
      labels: { namespace },
      failed: { error_type: { matches: ".+" } },
      sort: "messaging_destination_name",
      outcome: "error_type",
    };
  }
  return undefined;
}

/** Counter of all its work. */
export function done(work: Work): string {
  return series(`${work.metric}_count`, work.labels);
}

/** Counter of the work that failed. */
export function failed(work: Work): string {
  return series(`${work.metric}_count`, { ...work.labels, ...work.failed });
}

/**
 * Counter of the work that was done in time.
 * @param seconds one of {@link DURATION_BOUNDS}
 */
export function inTime(work: Work, seconds: number): string {
  // Prometheus 3 writes whole numbers as 1.0, Prometheus 2 as the process does.
  const le = Number.isInteger(seconds) ? { matches: String.raw`${seconds}(\.0)?` } : String(seconds);
  return series(`${work.metric}_bucket`, { ...work.labels, le });
}

/** Share of the work that failed, 0 to 1: 0 while nothing failed, and nothing (not NaN, which would spoil means) while nothing was done. */
export function failureRatio(work: Work, window: string): string {
  const all = sumRate(done(work), window);
  return `(${sumRate(failed(work), window)} or 0 * ${all}) / (${all} > 0)`;
}

/** Share of the work that took longer, 0 to 1; nothing while nothing was done. */
export function slowRatio(work: Work, seconds: number, window: string): string {
  return `1 - ${sumRate(inTime(work, seconds), window)} / (${sumRate(done(work), window)} > 0)`;
}

/** Time within which a share of the work was done, in seconds. @param share 0 to 1 */
export function quantile(work: Work, share: number, window: string): string {
  return `histogram_quantile(${share}, ${sumRate(series(`${work.metric}_bucket`, work.labels), window, ["le"])})`;
}
