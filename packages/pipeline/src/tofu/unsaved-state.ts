import { isDeepStrictEqual } from "node:util";

/** Whether that is a state as OpenTofu encrypts it: only what it is called, and nothing of what it holds, can be read. */
export function isEncryptedState(content: string): boolean {
  const state = parse(content);
  return typeof state?.["encrypted_data"] === "string" && !Object.keys(state).some((name) => HOLDS.has(name));
}

/**
 * Whether one state holds what another does. It was put back then, by somebody who was stopped before they could say so:
 * OpenTofu gives a state that is pushed to where none was another lineage, and refuses to push it a second time.
 */
export function holdsTheSame(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== undefined && b !== undefined && isDeepStrictEqual(heldBy(a), heldBy(b));
}

/** What a state has in plain text. */
const HOLDS: ReadonlySet<string> = new Set(["resources", "outputs", "check_results"]);

function heldBy(state: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(state).filter(([name]) => HOLDS.has(name)));
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
