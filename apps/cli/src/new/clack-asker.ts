import type { Readable, Writable } from "node:stream";
import { confirm, isCancel, note, select, text } from "@clack/prompts";
import { type Asker, Cancelled } from "./asker";

/** Where questions are shown and answered. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Asks a person at a terminal. What it shows goes beside the results, so that these can be redirected. */
export function clackAsker(streams: Streams): Asker {
  return {
    choose: async ({ message, options, usual }) =>
      given(await select({ ...streams, message, options: [...options], initialValue: usual })),
    ask: async ({ message, usual, example, fault }) => {
      const placeholder = usual === undefined ? example : `${usual} (Enter)`;
      const validate = (answer: string | undefined): string | undefined => fault(said(answer));
      return said(given(await text({ ...streams, message, placeholder, validate, defaultValue: usual })));
    },
    show: (title, body) => note(body, title, streams),
    // No unless it is said: an Enter that was typed ahead agrees to nothing.
    agree: async (message) => given(await confirm({ ...streams, message, initialValue: false })),
  };
}

function said(answer: string | undefined): string | undefined {
  const line = answer?.trim() ?? "";
  return line === "" ? undefined : line;
}

/** @throws Cancelled for Ctrl-C and Escape */
function given<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}
