import { setTimeout as wait } from "node:timers/promises";
import { objectOf } from "../s3-states";
import type { Random } from "./random";
import type { Trial } from "./trial";

/** One way in which an apply is disturbed. */
export interface Fault {
  /** What happens, in words. */
  readonly what: string;
  /** Disturbs the trial. @returns whether the apply, or what it left, suffered by it */
  readonly disturb: (trial: Trial, random: Random) => Promise<boolean>;
  /** Whether every repetition suffers by it. @default - as chance will have it */
  readonly always?: boolean;
  /** Why it cannot be tried on this machine. @default - it can */
  readonly untried?: string;
}

/** An apply of the small fleet lasts about so long after it has begun. */
const APPLY_MS = 1_500;

/** Resolves at some moment of an apply that has just begun. */
export function someMoment(random: Random): Promise<void> {
  return wait(random() * APPLY_MS);
}

/** The state of one of the two stacks. */
export function someState(random: Random): string {
  return objectOf(random() < 0.5 ? "dev-network" : "dev-orders");
}
