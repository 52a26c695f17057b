import { z } from "zod";

/** A day that there is, as `YYYY-MM-DD`: neither `2027-13-45` nor `2027-02-30`. */
export const day = z.iso.date;

/** Whether a text is a {@link day}. */
export function isDay(text: string): boolean {
  return day().safeParse(text).success;
}
