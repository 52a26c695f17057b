import type { Waiver } from "./waiver";

/** Own rules that do not fit somewhere, each with what is done instead. */
export const PAVED_WAIVERS: readonly Waiver[] = [];
