/** What the process is told by its environment; the platform sets all of it but the level of its logs. */
export interface Settings {
  /** Port that calls and questions for its health come to. */
  readonly port: number;
  /** Port of `/metrics`, over HTTP. */
  readonly metricsPort: number;
  readonly logLevel: string;
  /** Whether it tells tools which services and methods it has. */
  readonly reflection: boolean;
  /** Milliseconds after which a connection is ended, so that clients find pods that were added; and more for calls on it. */
  readonly connectionAgeMs: number;
  readonly connectionGraceMs: number;
}

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
const LONGEST_MS = 86_400_000;

/**
 * Reads the settings.
 * @throws Error that names each variable that is wrong, so that a pod that cannot start says why
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const wrong: string[] = [];
  const number = (name: string, value: string | undefined, usual: number, most: number): number => {
    const read = Number(value ?? usual);
    if (!Number.isInteger(read) || read < 0 || read > most) wrong.push(`${name} has to be a number from 0 to ${most}`);
    return read;
  };
  const logLevel = environment["LOG_LEVEL"] ?? "info";
  const settings = {
    port: number("PORT", environment["PORT"], 9090, 65_535),
    metricsPort: number("METRICS_PORT", environment["METRICS_PORT"], 9464, 65_535),
    logLevel,
    reflection: environment["GRPC_REFLECTION"] === "on",
    connectionAgeMs: number(
      "GRPC_MAX_CONNECTION_AGE_MS",
      environment["GRPC_MAX_CONNECTION_AGE_MS"],
      300_000,
      LONGEST_MS,
    ),
    connectionGraceMs: number(
      "GRPC_MAX_CONNECTION_AGE_GRACE_MS",
      environment["GRPC_MAX_CONNECTION_AGE_GRACE_MS"],
      30_000,
      LONGEST_MS,
    ),
  };
  if (!LEVELS.includes(logLevel)) wrong.push(`LOG_LEVEL has to be one of ${LEVELS.join(", ")}`);
  if (wrong.length > 0) throw new Error(wrong.join("; "));
  return settings;
}
