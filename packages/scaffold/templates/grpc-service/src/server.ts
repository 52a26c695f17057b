import { ServerCredentials } from "@grpc/grpc-js";
import closeWithGrace from "close-with-grace";
import { pino } from "pino";
import { createApp } from "./app.ts";
import { service } from "./service.ts";
import { readSettings } from "./settings.ts";
import { stopTelemetry } from "./telemetry.ts";

/** Milliseconds for calls that have begun; the platform kills a pod after 45 seconds. */
const FINISH_MS = 40_000;

const settings = readSettings(process.env);
const log = pino({
  level: settings.logLevel,
  base: { service: service.name },
  formatters: { level: (level) => ({ level }) },
});
const { server, health } = createApp(settings);

// On SIGTERM it says that it serves no more, finishes what has begun, and ends.
closeWithGrace({ delay: FINISH_MS, logger: log }, async ({ signal, err }) => {
  if (err !== undefined) log.error({ err }, "ending after an error");
  else log.info({ signal }, "ending");
  health.setStatus("", "NOT_SERVING");
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  await stopTelemetry();
});

server.bindAsync(`0.0.0.0:${settings.port}`, ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  log.info({ port }, "listening");
});
