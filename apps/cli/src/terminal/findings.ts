import type { Finding } from "@paved/model";
import type { Terminal } from "./terminal";

/** Prints findings for a person: one format everywhere, the colour is the only addition. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const { colours } = terminal;
  for (const { code, where, source, got, want, fix } of findings) {
    const place = source === undefined ? where : `${where} (${colours.cyan(source)})`;
    terminal.err(`${colours.red(code)} ${colours.bold(place)}: got ${got}, want ${want}; ${colours.green(fix)}`);
  }
}
