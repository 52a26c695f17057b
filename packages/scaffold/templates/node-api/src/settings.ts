/** What the process is told by its environment; the platform sets `PORT` and what it reads from its stores. */
export interface Settings {
  /** Port to listen on. */
  readonly port: number;
  readonly logLevel: string;
}

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

/**
 * Reads the settings.
 * @throws Error that names each variable that is wrong, so that a pod that cannot start says why
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const port = Number(environment["PORT"] ?? "8080");
  const logLevel = environment["LOG_LEVEL"] ?? "info";
  const wrong = [
    ...(Number.isInteger(port) && port >= 0 && port <= 65_535 ? [] : ["PORT has to be a number from 0 to 65535"]),
    ...(LEVELS.includes(logLevel) ? [] : [`LOG_LEVEL has to be one of ${LEVELS.join(", ")}`]),
  ];
  if (wrong.length > 0) throw new Error(wrong.join("; "));
  return { port, logLevel };
}
