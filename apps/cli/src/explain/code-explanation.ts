import { ERROR_CODES, type ErrorCode } from "@paved/model";

const FAMILIES: Readonly<Record<string, string>> = {
  1: "Synth found it, before anything was planned: nothing was written and nothing was changed.",
  2: "The pipeline found it while it ran OpenTofu: stacks that were applied before it stay applied.",
  3: "The offline sandbox found it: no cloud is involved. paved sandbox reset starts afresh.",
  4: "The command line asked for something that is not there: nothing was changed.",
  6: "The pipeline found it where it keeps states: docs/state.md says what to do. Stacks that were applied before it stay applied.",
  7: "The pipeline found it in what it is given or builds on: docs/workflows.md says what it trusts. Nothing was changed.",
  8: "The command line named what metrics cannot be counted from: docs/metrics.md says what can. Nothing was changed.",
  9: "The offline sandbox found it with a control plane on this machine: docs/control-plane.md. What it holds is kept.",
  5: "The bundle of plans cannot be written, approved or applied as it is: nothing was changed.",
};

/** Families within one, by the first two digits. */
const INNER_FAMILIES: Readonly<Record<string, string>> = {
  41: "The command line named a repository that cannot be upgraded: it is as it was. docs/fleet.md says what an upgrade is.",
  21: "The pipeline found it before it delivered: the branch is as it was. docs/delivery.md says what a delivery is.",
};

/** Codes that are not of their family. */
const OTHERWISE: Partial<Readonly<Record<ErrorCode, string>>> = {
  PVD2108:
    "The pipeline waited for what left Git to be gone: it stays out of it, and nothing was destroyed. docs/delivery.md says what is to go.",
  PVD4103:
    "The command line asked for an upgrade, which stands on a branch of its own, to be resolved: docs/fleet.md says how.",
  PVD5015: "The bundle was stopped half way: what was applied of it until then stands.",
  PVD4004: "Paved itself made a mistake: what was done until then stands.",
  PVD4005:
    "The command line lacks an answer, or has one that does not fit: nothing was made. docs/new.md says what is asked.",
  PVD4006: "The command line asked for what would overwrite something: nothing was changed. docs/new.md says more.",
};

/** What an error code means. */
export interface CodeExplanation {
  readonly code: ErrorCode;
  readonly title: string;
  readonly text: string;
}

/** What an error code means and how its message is to be read. */
export function codeExplanation(code: ErrorCode): CodeExplanation {
  const reading = "The message says where, what was got, what was wanted, and after the semicolon what to do.";
  return {
    code,
    title: ERROR_CODES[code],
    text: `${OTHERWISE[code] ?? INNER_FAMILIES[code.slice(3, 5)] ?? FAMILIES[code[3]!]!}\n${reading}`,
  };
}
