import { PavedError, type SynthAnswer, type SynthMessage } from "@paved/model";
import type { WrittenOutput } from "./output/swap";
import { endWithParent } from "./parent-watch";
import { synthesizeBeside } from "./synthesize";

/**
 * Synthesizes for the process that started this one, which hears what was found, or where the output is, and has it
 * published by an answer. Without that process nothing is published, and this one ends.
 */
export function synthesizeFor(send: (message: SynthMessage, sent: () => void) => void, output: string): void {
  endWithParent();
  const own: { written?: WrittenOutput } = {};
  const end = (): never => {
    own.written?.discard();
    process.exit(1);
  };
  process.once("disconnect", end);
  process.on("uncaughtException", (error) => {
    if (error instanceof PavedError) send({ errors: error.findings }, end);
    else {
      console.error(error);
      end();
    }
  });
  process.once("message", (answer: SynthAnswer) => {
    if (answer === "discard") end();
    own.written?.publish();
    process.exit(0);
  });
  own.written = synthesizeBeside({ output });
  send({ written: own.written.directory }, () => {});
}
