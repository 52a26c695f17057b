import type { EventPlace, EventStack, PavedEvent } from "../events/event";

/** A stack that a command deployed, or tried to. */
export interface Deployment {
  /** When the command ended, in milliseconds since 1970. */
  readonly at: number;
  readonly stack: EventStack;
}

/** Commands that deploy. */
const DEPLOYING: ReadonlySet<string> = new Set(["apply", "rehearse", "pipeline apply"]);

/** Stacks that commands deployed in a place, or tried to, in the order of the events. */
export function deployments(events: readonly PavedEvent[], place: EventPlace): readonly Deployment[] {
  const found: Deployment[] = [];
  for (const event of events) {
    if (event.kind !== "command" || event.place !== place || !DEPLOYING.has(event.command)) continue;
    for (const stack of event.stacks) found.push({ at: event.at, stack });
  }
  return found;
}
