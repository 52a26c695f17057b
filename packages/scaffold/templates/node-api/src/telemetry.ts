import { setTimeout } from "node:timers/promises";
import { FastifyOtelInstrumentation } from "@fastify/otel";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { PinoInstrumentation } from "@opentelemetry/instrumentation-pino";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { service } from "./service.ts";

// Loaded before the server (`node --import`): what is instrumented is instrumented while it loads.

// The names that dashboards and alerts read; the platform sets it in every pod.
process.env["OTEL_SEMCONV_STABILITY_OPT_IN"] ??= "http";
// Traces go where OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere without it.
process.env["OTEL_TRACES_EXPORTER"] ??= process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] === undefined ? "none" : "otlp";
process.env["OTEL_LOGS_EXPORTER"] ??= "none";

/** Metrics are read at `/metrics` of the service itself, so that it opens one port. */
export const metrics = new PrometheusExporter({ preventServerStart: true });

const sdk = new NodeSDK({
  serviceName: service.name,
  metricReaders: [metrics],
  // Prometheus wants the unit in the name, which the exporter leaves out.
  views: [{ instrumentName: "http.server.request.duration", name: "http.server.request.duration.seconds" }],
  instrumentations: [
    new HttpInstrumentation(),
    new FastifyOtelInstrumentation({ registerOnInitialization: true }),
    new PinoInstrumentation(),
  ],
});
sdk.start();

/** Milliseconds that what is left to be sent may take: nobody waits for a collector that is not there. */
const FLUSH_MS = 2_000;

/** Sends what is left to be sent. That it cannot be sent is no error of the service. */
export async function stopTelemetry(): Promise<void> {
  const sent = sdk.shutdown().catch(() => undefined);
  await Promise.race([sent, setTimeout(FLUSH_MS)]);
}
