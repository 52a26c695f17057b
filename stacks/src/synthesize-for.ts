import {
  type Finding,
  isThrownByService,
  PavedError,
  type SynthAnswer,
  type SynthMessage,
  thrownFinding,
} from "@paved/model";
import type { WrittenOutput } from "./output/swap";
import { endWithParent } from "./parent-watch";
import { synthesizeBeside } from "./synthesize";

/**
 * Synthesizes for the process that started this one, which hears what was found, or where the output is, and has it
 * published by an answer. Without that process nothing is published, and this one ends.
 */
export function synthesizeFor(send: (message: SynthMessage, sent: () => void) => void, output: string): void {
  endWithParent();
  const own: { written?: WrittenOutput; failed?: boolean } = {};
  const end = (): never => {
    own.written?.discard();
    process.exit(1);
  };
  process.once("disconnect", end);
  process.on("uncaughtException", (error) => {
    own.failed = true;
    const findings = findingsOf(error);
    if (findings !== undefined) return send({ errors: findings }, end);
    console.error(error);
    end();
  });
  process.once("message", (answer: SynthAnswer) => {
    if (answer === "discard") end();
    own.written?.publish();
    process.exit(0);
  });
  own.written = synthesizeBeside({ output });
  const { directory } = own.written;
  // A turn later: what a promise came to that a service file did not wait for is known by then.
  setImmediate(() => own.failed ?? send({ written: directory }, () => {}));
}

/** What is wrong, when a file of the fleet is to blame: also for what a promise that nobody waited for came to. */
function findingsOf(error: unknown): readonly Finding[] | undefined {
  if (error instanceof PavedError) return error.findings;
  return isThrownByService(error) ? [thrownFinding(error, "stacks/services")] : undefined;
}
