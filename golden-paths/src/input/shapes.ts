import { SIZES } from "@paved/model";
import { z } from "zod";

/** Shapes of what service files say: which fields there are and of what sort, before anything looks at the values. */
export const number = z.number("a number");
export const text = z.string("text");
export const flag = z.boolean("true or false");

/** Which sizes there are is for who shows a form; a wrong one is told of by PVD1017, with the one that was meant. */
export const size = z.string("text").meta({ enum: [...SIZES] });

export const objectives = z.strictObject({ availability: number.optional(), latencyMs: number.optional() }).optional();

export const health = z.strictObject({ live: text, ready: text }).optional();
