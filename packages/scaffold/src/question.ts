/** The part of JSON Schema (draft 7) that answers are described by: Backstage's form and the command read the same. */
export type AnswerSchema =
  | { readonly type: "string"; readonly pattern?: string; readonly minLength?: number; readonly maxLength?: number }
  | { readonly type: "string"; readonly enum: readonly string[] }
  | { readonly type: "integer"; readonly minimum: number; readonly maximum: number };

/** One question to whoever wants a new service: the prompt, the flag, the documentation and the form are made from it. */
export interface Question {
  /** What the prompt and the form show. */
  readonly title: string;
  /** What it is for, in a sentence without a full stop. */
  readonly help: string;
  readonly schema: AnswerSchema;
  /** What would be right, in words. */
  readonly want: string;
  /** An answer to show. */
  readonly example: string;
  /**
   * What it is when nothing is said: a value, or what comes from other answers as an expression that Backstage's templates
   * know too, of `parameters`. @default - it has to be answered, unless it is optional
   */
  readonly usual?: string | number | { readonly expression: string; readonly words: string };
  /** Whether nothing is an answer, too. @default false */
  readonly optional?: boolean;
}

/** What an answer to the question is. */
export type AnswerTo<Q extends Question> = Q["schema"] extends { readonly type: "integer" } ? number : string;

/** The flag of a question on the command line: `onCall` is `--on-call`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
