import { setTimeout } from "node:timers/promises";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { GrpcInstrumentation } from "@opentelemetry/instrumentation-grpc";
import { PinoInstrumentation } from "@opentelemetry/instrumentation-pino";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { service } from "./service.ts";
import { readSettings } from "./settings.ts";

// Loaded before the server (`node --import`): what is instrumented is instrumented while it loads.

// Traces go where OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere without it.
process.env["OTEL_TRACES_EXPORTER"] ??= process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] === undefined ? "none" : "otlp";
process.env["OTEL_LOGS_EXPORTER"] ??= "none";

const sdk = new NodeSDK({
  serviceName: service.name,
  // Metrics are read at `/metrics` of a port of their own.
  metricReaders: [new PrometheusExporter({ host: "0.0.0.0", port: readSettings(process.env).metricsPort })],
  // Prometheus wants the unit in the name, which the exporter leaves out.
  views: [{ instrumentName: "rpc.server.call.duration", name: "rpc.server.call.duration.seconds" }],
  instrumentations: [new GrpcInstrumentation(), new PinoInstrumentation()],
});
sdk.start();

/** Milliseconds that what is left to be sent may take: nobody waits for a collector that is not there. */
const FLUSH_MS = 2_000;

/** Sends what is left to be sent. That it cannot be sent is no error of the service. */
export async function stopTelemetry(): Promise<void> {
  const sent = sdk.shutdown().catch(() => undefined);
  await Promise.race([sent, setTimeout(FLUSH_MS)]);
}
