import { type ElementOrigin, type Finding, readFinding, type StackEntry } from "@paved/model";
import type { Diagnostic } from "./messages";

/**
 * What OpenTofu reported about a stack, as findings that name the construct and the user's line. What a provider of the sandbox
 * says is a finding already, and is told once, however many resources it is said of.
 */
export function toFindings(stack: StackEntry, command: string, diagnostics: readonly Diagnostic[]): Finding[] {
  const told = new Map<string, Finding>();
  const others: Finding[] = [];
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== "error") continue;
    const finding = readFinding(diagnostic.summary);
    if (finding === undefined) others.push(toFinding(stack, command, diagnostic));
    else told.set(`${finding.code} ${finding.where}`, finding);
  }
  return [...told.values(), ...others];
}

/** A finding for an engine that ended without saying why. */
export function silentFailure(stack: StackEntry, command: string, code: number | string, stderr: string): Finding {
  const said = oneLine(stderr.slice(-2000));
  return {
    code: "PVD2003",
    where: stack.name,
    got: `tofu ${command} ended with ${code}${said === "" ? "" : `: ${said}`}`,
    want: "an end with 0",
    fix: "run the command again; what was applied is in the state",
  };
}

/** Address of the resource or data source a diagnostic is about, without instance keys. */
export function addressOf({ address, snippet }: Diagnostic): string | undefined {
  if (address !== undefined && address !== "") return address.replace(/\[[^\]]*\]$/, "");
  const context = snippet?.context ?? "";
  const data = /^data[. ]"?([\w-]+)"?[. ]"?([\w-]+)"?/.exec(context);
  if (data !== null) return `data.${data[1]}.${data[2]}`;
  const resource = /^resource[. ]"?([\w-]+)"?[. ]"?([\w-]+)"?/.exec(context);
  return resource === null ? undefined : `${resource[1]}.${resource[2]}`;
}

function toFinding(stack: StackEntry, command: string, diagnostic: Diagnostic): Finding {
  const address = addressOf(diagnostic);
  const origin = address === undefined ? undefined : stack.elements[address];
  return {
    code: "PVD2003",
    where: place(stack.name, address, origin),
    source: origin?.source,
    got: oneLine([diagnostic.summary, diagnostic.detail].filter(Boolean).join(": ")),
    want: `a stack that tofu ${command} accepts`,
    fix: fixAt(stack, address, origin),
  };
}

function place(stack: string, address: string | undefined, origin: ElementOrigin | undefined): string {
  if (address === undefined) return stack;
  return origin === undefined ? `${stack} ${address}` : `${stack} ${address} [${origin.path}]`;
}

function fixAt(stack: StackEntry, address: string | undefined, origin: ElementOrigin | undefined): string {
  if (origin?.source !== undefined) return `correct ${origin.source}, then run the command again`;
  if (address !== undefined) return `see where it comes from: paved explain ${stack.name}:${address}`;
  return "correct the cause, then run the command again";
}

/** Findings are one line without a full stop: more follows. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(/\.$/, "");
}
