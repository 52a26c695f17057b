import type { RequestEvent } from "@paved/metrics";
import type { Finding } from "@paved/model";
import type { StackResult } from "@paved/pipeline";

/** What came of the stacks that a command worked on, or looked at. */
export interface StacksHappening {
  readonly kind: "stacks";
  readonly stacks: readonly StackResult[];
}

/** A service or an environment was asked for that is not there yet: the beginning of the time until it is. */
export type RequestHappening = Pick<RequestEvent, "kind" | "subject" | "name">;

/** What was wrong beside the stacks, where the command says it and goes on to its end. */
export interface FindingsHappening {
  readonly kind: "findings";
  readonly findings: readonly Finding[];
}

/** Something that happened in a command, for the event log. */
export type Happening = StacksHappening | RequestHappening | FindingsHappening;
