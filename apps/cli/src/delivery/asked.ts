import { masked } from "@paved/delivery";
import { type Finding, Findings, PavedError } from "@paved/model";
import type { OptionValues } from "../command-spec";
import { missing, oneEnvironment } from "../releases/asked";
import { PATIENCE_SECONDS } from "./patiently";

/** What the words of a delivery, or of what takes one back, say. */
export interface DeliveryAsked {
  readonly environment: string;
  /** @default - the sandbox's own */
  readonly repository?: string;
  /** @default - the one that the environment says */
  readonly branch?: string;
  /** Seconds. @default - as long as a delivery to the sandbox is waited for */
  readonly patience?: number;
}

/** @throws PavedError PVD4003 for words that are wrong, or do not go together, all at once */
export function deliveryAsked(options: OptionValues): DeliveryAsked {
  const findings = new Findings();
  const environment = findings.collect(() => oneEnvironment(options, "env"));
  const repository = options["to"] as string | undefined;
  const branch = options["branch"] as string | undefined;
  if (repository === "") {
    const fix = "say which, for example --to https://git.example.com/platform/paved.git";
    findings.add(missing("--to", "the delivery repository", fix));
  }
  if (branch !== undefined && repository === undefined) findings.add(notInSandbox());
  const patience = findings.collect(() => patienceOf(options["wait"]));
  if (patience !== undefined && repository !== undefined) findings.add(notWaitedFor());
  if (branch !== undefined && !/^\w[\w./-]*$/.test(branch)) findings.add(noBranch(branch));
  findings.throwIfAny();
  return { environment: environment!, repository, branch, patience };
}

function notInSandbox(): Finding {
  const fix = "say --to as well, or leave --branch out";
  return { code: "PVD4003", where: "--branch", got: "a branch of the sandbox", want: "one of a repository", fix };
}

function notWaitedFor(): Finding {
  const fix = "leave --wait out, and look at what delivers to that environment";
  return {
    code: "PVD4003",
    where: "--wait",
    got: "a repository",
    want: "the sandbox, in which it is known what delivers",
    fix,
  };
}

/** @throws PavedError PVD4003 for anything but a number */
function patienceOf(value: OptionValues[string]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600) return seconds;
  const want = "a whole number of seconds from 0 to 3600";
  const fix = `leave it out for ${PATIENCE_SECONDS}`;
  throw new PavedError({ code: "PVD4003", where: "--wait", got: String(value), want, fix });
}

function noBranch(got: string): Finding {
  return { code: "PVD4003", where: "--branch", got: masked(got), want: "a branch", fix: "say one such as delivery" };
}
