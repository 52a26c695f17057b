import closeWithGrace from "close-with-grace";
import { createApp } from "./app.ts";
import { service } from "./service.ts";
import { readSettings } from "./settings.ts";
import { metrics, stopTelemetry } from "./telemetry.ts";

/** Milliseconds for requests that have begun; the platform kills a pod after 35 seconds. */
const FINISH_MS = 30_000;

const { port, logLevel } = readSettings(process.env);
const app = await createApp({
  logger: { level: logLevel, base: { service: service.name }, formatters: { level: (level) => ({ level }) } },
  metrics: (request, response) => metrics.getMetricsRequestHandler(request, response),
});

// On SIGTERM it takes no new connections, finishes what has begun, and ends.
closeWithGrace({ delay: FINISH_MS, logger: app.log }, async ({ signal, err }) => {
  if (err !== undefined) app.log.error({ err }, "ending after an error");
  else app.log.info({ signal }, "ending");
  await app.close();
  await stopTelemetry();
});

await app.listen({ host: "0.0.0.0", port });
