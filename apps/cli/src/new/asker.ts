/** Whoever answers: a person at a terminal, or a test. */
export interface Asker {
  choose(question: ChoiceQuestion): Promise<string>;
  /** Asks until `fault` says nothing of the answer. An empty answer is what is usual, or else nothing. */
  ask(question: TextQuestion): Promise<string | undefined>;
  /** Shows what is about to be done. */
  show(title: string, text: string): void;
  agree(question: string): Promise<boolean>;
}

/** A question that is answered by one of several. */
export interface ChoiceQuestion {
  readonly message: string;
  readonly options: readonly Choice[];
  /** The one that Enter takes. @default - the first */
  readonly usual?: string | undefined;
}

/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** @default - the label says it all */
  readonly hint?: string;
}

/** A question that is answered by a line. */
export interface TextQuestion {
  readonly message: string;
  /** What an empty answer means. */
  readonly usual: string | undefined;
  readonly example: string;
  /** What is wrong with an answer. @returns nothing when it is right */
  readonly fault: (answer: string | undefined) => string | undefined;
}

/** That somebody would rather not. */
export class Cancelled extends Error {}
