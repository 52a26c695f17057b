import type { CommandContext } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { Cancelled } from "./asker";

/** Work that somebody may leave at a question: then nothing was written. */
export async function unlessCancelled({ terminal }: CommandContext, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    terminal.err("stopped: nothing was written");
    return EXIT_CODES.interrupted.code;
  }
}
