import { Findings } from "@paved/model";
import { csvTickets } from "./csv";
import { gitHubIssues } from "./github-issues";
import type { Ticket, TicketExport } from "./ticket";

/**
 * The tickets of exports, each once: JSON is read as issues of GitHub, everything else as CSV.
 * @param labels of which a ticket has to have one
 * @throws PavedError PVD8001 for exports that cannot be read, all at once
 */
export function readTickets(exports: readonly TicketExport[], labels: readonly string[]): readonly Ticket[] {
  const findings = new Findings();
  const read = exports.flatMap((each) => findings.collect(() => readerOf(each)(each, labels)) ?? []);
  findings.throwIfAny();
  return [...new Map(read.map((ticket) => [ticket.id, ticket])).values()];
}

function readerOf({ text }: TicketExport): typeof csvTickets {
  return /^\uFEFF?\s*[[{]/.test(text) ? gitHubIssues : csvTickets;
}
