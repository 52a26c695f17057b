import { PavedError } from "@paved/model";
import type { WireDiagnostic, WirePath, WireStep } from "./messages";

/** Where in a value: attribute names and list indices, for example `["vpc_config", 0, "subnet_ids"]`. */
export type Path = readonly (string | number)[];

/** What a provider refuses: in the cloud's words, with what to do, on the attribute to change. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly summary: string,
    readonly detail: string,
    readonly path: Path = [],
  ) {
    super(`${summary}: ${detail}`);
  }
}

/** A path as the protocol writes it. */
export function wirePath(path: Path): WirePath {
  const steps = path.map((step): WireStep =>
    typeof step === "number" ? { element_key_int: step } : { attribute_name: step },
  );
  return { steps };
}

/** What the machine does not let anybody write for, and what to do. */
const MACHINE: Readonly<Record<string, string>> = {
  ENOSPC: "Free space on the disk that has .paved, and run it again.",
  EDQUOT: "Free space on the disk that has .paved, or have your quota raised, and run it again.",
  EROFS: "Use a workspace on a disk that can be written, and run it again.",
};

/**
 * The error diagnostic of something thrown: refusals as they are, findings in their own words, what the machine lacks with what
 * to do, and everything else as a fault of the sandbox.
 */
export function diagnosticOf(error: unknown): WireDiagnostic {
  if (error instanceof Refusal) {
    const { summary, detail, path } = error;
    return { severity: 1, summary, detail, ...(path.length > 0 ? { attribute: wirePath(path) } : {}) };
  }
  if (error instanceof PavedError) return { severity: 1, summary: error.message, detail: "" };
  const message = error instanceof Error ? error.message : String(error);
  const lacking = MACHINE[(error as NodeJS.ErrnoException | null)?.code ?? ""];
  if (lacking !== undefined) {
    return { severity: 1, summary: `The sandbox cannot write what was made: ${message}`, detail: lacking };
  }
  return {
    severity: 1,
    summary: "The sandbox failed",
    detail: `${message}. This is a fault of the sandbox, not of the configuration.`,
  };
}
