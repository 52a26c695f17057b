import type { Behaviour } from "../define";
import { release } from "./release";

/** The Helm types whose behaviour is written down. */
export const helmBehaviours: readonly Behaviour[] = [release];
