import { parseArgs } from "node:util";
import { PavedError } from "@paved/model";
import { synthesizeFor } from "./synthesize-for";
import { synthesize } from "./synthesize";

// Synth depends on files only: what cdktf would take from the environment to change its output is taken away from it.
for (const name of [
  "SYNTH_HCL_OUTPUT",
  "CDKTF_CONTEXT_JSON",
  "CDKTF_TARGET_STACK_ID",
  "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS",
]) {
  delete process.env[name];
}

// Far enough for the line of a service file below what it calls.
Error.stackTraceLimit = 50;

const { values } = parseArgs({ options: { output: { type: "string" } } });
// The stock cdktf command says by CDKTF_OUTDIR where it wants the output.
const output = values.output ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out";

if (process.send !== undefined) synthesizeFor(process.send.bind(process), output);
else {
  try {
    synthesize({ output });
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
