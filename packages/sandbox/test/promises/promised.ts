import type { Landscape } from "../landscape";

/** What a type promises. */
export interface Promised {
  readonly config: (world: Landscape) => Record<string, unknown>;
  readonly id: RegExp;
  readonly arn?: RegExp;
  /** A second one is refused on this attribute. */
  readonly taken?: readonly (string | number)[];
  /** Without what this attribute names it is refused there. */
  readonly missing?: readonly [attribute: string, value: unknown];
  /** Changing this attribute to the value replaces it. */
  readonly replaces?: readonly [attribute: string, value: unknown];
}

/** A whole ARN: the pattern of what follows the partition. */
export const arn = (resource: string): RegExp => new RegExp(`^arn:aws:${resource}$`);
