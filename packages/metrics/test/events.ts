import type { CommandEvent, EventStack, RequestEvent } from "../src";

let count = 0;

/** An id of its own. */
function nextId(): string {
  count += 1;
  return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
}

/** An instant as a person writes it, in milliseconds since 1970. */
export function instant(text: string): number {
  return Date.parse(text);
}

/** A command that ended at an instant; stacks as `staging-orders applied`, those of `network` and `cluster` being the platform's. */
export function command(at: string, stacks: readonly string[] = [], more: Partial<CommandEvent> = {}): CommandEvent {
  const usual: Omit<CommandEvent, "kind" | "id" | "at" | "stacks"> = {
    command: "apply",
    place: "sandbox",
    outcome: "ok",
    seconds: 1,
    codes: [],
  };
  return { kind: "command", id: nextId(), at: instant(at), ...usual, stacks: stacks.map(stackOf), ...more };
}

/** A request at an instant, as `service orders`. */
export function request(at: string, what: string): RequestEvent {
  const [subject, name = ""] = what.split(" ");
  return { kind: "request", id: nextId(), at: instant(at), subject: subject as RequestEvent["subject"], name };
}

function stackOf(text: string): EventStack {
  const [name = "", outcome] = text.split(" ");
  const [environment = "", ...short] = name.split("-");
  const service = short.join("-");
  const isPlatform = service === "network" || service === "cluster";
  return { name, environment, ...(!isPlatform && { service }), outcome: outcome as EventStack["outcome"] };
}
