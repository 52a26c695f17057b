import type { Terminal } from "../terminal/terminal";
import type { Explanation } from "./subject";

/** Prints where one thing comes from, for a person. */
export function printExplanation(terminal: Terminal, explanation: Explanation): void {
  const { stack, address, service } = explanation;
  terminal.out(terminal.colours.bold(address === undefined ? stack : `${stack}:${address}`));
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["construct", explanation.constructPath],
    ["golden path", explanation.goldenPath],
    ["source", explanation.source],
    ["environment", explanation.environment],
    ["stack", address === undefined ? undefined : stack],
    ["kind", explanation.kind],
    ["owner", explanation.owner],
    ["service", service && `${service.name}, tier ${service.tier}`],
    ["on call", service?.onCall],
    ["runbook", service?.runbook],
    ["after", list(explanation.dependsOn)],
    ["publishes", list(explanation.publishes)],
    ["consumes", list(explanation.consumes.map(({ contract, from }) => `${contract} from ${from}`))],
    ["note", list(explanation.notes)],
  ];
  for (const [name, value] of lines) if (value !== undefined) terminal.out(`  ${name.padEnd(12)} ${value}`);
}

function list(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(", ");
}
