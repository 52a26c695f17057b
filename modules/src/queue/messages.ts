import { PavedError } from "@paved/model";

/** How messages are handled. */
export interface MessageHandling {
  /**
   * Seconds that a message is hidden from others while one worker handles it, 1 to 43200. A worker that needs longer is
   * given the message a second time. @default 60
   */
  readonly visibilitySeconds?: number;
  /** How often a message is handed out before it goes to the dead letters, 1 to 1000. @default 5 */
  readonly attempts?: number;
}

/** {@link MessageHandling} with its defaults. */
export interface ResolvedHandling {
  readonly visibilitySeconds: number;
  readonly attempts: number;
}

/** Days that messages nobody took are kept: the most SQS can, so that a long weekend loses nothing. */
export const KEPT_DAYS = 14;

/**
 * Fills in the defaults and checks the bounds that SQS sets (API reference, `SetQueueAttributes`).
 * @param where construct path
 * @throws PavedError PVD1025, both at once
 */
export function resolveHandling(handling: MessageHandling, where: string): ResolvedHandling {
  const resolved = { visibilitySeconds: handling.visibilitySeconds ?? 60, attempts: handling.attempts ?? 5 };
  const bounds = { visibilitySeconds: 43_200, attempts: 1000 };
  const wrong = (["visibilitySeconds", "attempts"] as const).filter((field) => {
    const value = resolved[field];
    return !Number.isInteger(value) || value < 1 || value > bounds[field];
  });
  if (wrong.length > 0) {
    throw new PavedError(
      wrong.map((field) => ({
        code: "PVD1025",
        where: `${where} ${field}`,
        got: String(resolved[field]),
        want: `a whole number from 1 to ${bounds[field]}`,
        fix: "leave it out for the default, or write a number in those bounds",
      })),
    );
  }
  return resolved;
}
