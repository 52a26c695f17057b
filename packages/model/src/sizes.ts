/** The sizes a service team may ask for; what each means is the environment's to say. */
export const SIZES = ["small", "medium", "large"] as const;

/** One of {@link SIZES}. */
export type Size = (typeof SIZES)[number];
