import type { Waiver } from "./waiver";

/** Rules of checkov that do not fit, each with what is done instead. */
export const CHECKOV_WAIVERS: readonly Waiver[] = [];
