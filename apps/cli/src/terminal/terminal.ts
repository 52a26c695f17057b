import { printable } from "@paved/model";
import pc from "picocolors";

/** Where a command prints, and how. */
export interface Terminal {
  /** Results: what a script reads. */
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
  readonly colours: ReturnType<typeof pc.createColors>;
  /** Whether a person watches the results; otherwise they are plain ASCII. */
  readonly fancy: boolean;
  /** Whether a person watches the progress. */
  readonly live: boolean;
}

/** What decides how a terminal looks. */
export interface TerminalSettings {
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--no-color` was given. */
  readonly noColour: boolean;
}

/**
 * A terminal with colours and drawing only where a person sees them, never with `NO_COLOR` or `--no-color`. What it prints
 * may come from a change that nobody reviewed: it moves no cursor, and is no command to the machine of a workflow.
 */
export function createTerminal({ stdout, stderr, environment, noColour }: TerminalSettings): Terminal {
  const dumb = environment["TERM"] === "dumb";
  const forbidden = noColour || (environment["NO_COLOR"] ?? "") !== "" || dumb;
  const inCi = (environment["CI"] ?? "") !== "";
  // One palette for both: a redirected half must hold no escape codes.
  const coloured = !forbidden && stdout.isTTY === true && stderr.isTTY === true;
  return {
    out: (text) => void stdout.write(`${printable(text, coloured)}\n`),
    err: (text) => void stderr.write(`${printable(text, coloured)}\n`),
    colours: pc.createColors(coloured),
    fancy: stdout.isTTY === true && !dumb,
    // Listr2 draws only when standard output is a terminal too; otherwise it would write lines there.
    live: stdout.isTTY === true && stderr.isTTY === true && !dumb && !inCi,
  };
}

/** A terminal as a file is written: no colours, and no drawing. */
export function plain(terminal: Terminal): Terminal {
  return { ...terminal, colours: pc.createColors(false), fancy: false, live: false };
}
