import { firstFew } from "@paved/model";

/** As many stacks are named at most before they are counted: a reader skips more. */
const NAMED = 12;

/** What is said of some stacks in the same words, once. */
export interface SaidTogether {
  readonly stacks: readonly string[];
  readonly text: string;
}

/** Sentences of stacks, each once with all the stacks that it is said of, in the order in which they are first said. */
export function saidTogether(
  all: readonly { readonly stack: string; readonly text: string }[],
): readonly SaidTogether[] {
  const stacks = new Map<string, string[]>();
  for (const { stack, text } of all) {
    const said = stacks.get(text);
    if (said === undefined) stacks.set(text, [stack]);
    else said.push(stack);
  }
  return [...stacks].map(([text, named]) => ({ stacks: named, text }));
}

/** `production-orders, dev-orders`; of many, the first and how many more. */
export function stacksInWords(stacks: readonly string[]): string {
  return firstFew(stacks, NAMED);
}
