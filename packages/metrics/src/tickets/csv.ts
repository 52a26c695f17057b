import { type Finding, PavedError, shown } from "@paved/model";
import { CsvError, parse } from "csv-parse/sync";
import { parseInstant } from "./instant";
import type { Ticket, TicketExport } from "./ticket";

/** How exports call a column, in lower case: those of GitHub, GitLab, Jira, Linear, ServiceNow and Zendesk. */
const COLUMNS = {
  opened: ["created", "created at", "created_at", "created at (utc)", "createdat", "opened", "opened_at", "opened at"],
  labels: ["labels", "label", "tags"],
  id: ["id", "key", "issue key", "issue id", "number", "url", "ticket"],
} as const;

/**
 * Tickets out of CSV with a head, separated by commas, semicolons or tabs. Without a column of labels every row counts, as
 * the export was of these tickets; without one that tells tickets apart, rows are told apart by their line.
 * @param labels of which a ticket has to have one, whatever the case of their letters
 * @throws PavedError PVD8001 for what is no CSV, has no column for when a ticket was opened, or has rows without such a time
 */
export function csvTickets({ name, text }: TicketExport, labels: readonly string[]): readonly Ticket[] {
  const rows = rowsOf({ name, text });
  if (rows.length === 0) return [];
  const heads = Object.keys(rows[0]!.record);
  const column = (of: keyof typeof COLUMNS) =>
    COLUMNS[of].map((known) => heads.find((head) => head.trim().toLowerCase() === known)).find(Boolean);
  const opened = column("opened");
  if (opened === undefined) throw new PavedError(noColumn(name, heads));
  const [labelled, told] = [column("labels"), column("id")];
  const wanted = new Set(labels.map((each) => each.toLowerCase()));
  const findings: Finding[] = [];
  const tickets = rows.flatMap(({ record, info: { lines } }) => {
    const at = parseInstant(record[opened] ?? "");
    if (at === undefined) {
      findings.push(noInstant(`${name}:${lines} ${opened}`, record[opened]));
      return [];
    }
    const own = labelled === undefined ? undefined : labelsIn(record[labelled] ?? "");
    if (own !== undefined && !own.some((each) => wanted.has(each))) return [];
    const id = told === undefined ? "" : (record[told] ?? "");
    return [{ id: id === "" ? `${name}:${lines}` : id, at }];
  });
  if (findings.length > 0) throw new PavedError(findings);
  return tickets;
}

interface Row {
  readonly record: Readonly<Record<string, string>>;
  /** The line that its last field is on. */
  readonly info: { readonly lines: number };
}

function rowsOf({ name, text }: TicketExport): readonly Row[] {
  const options = {
    columns: true,
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    delimiter: delimiterOf(text),
  } as const;
  try {
    return parse(text, options) as unknown as readonly Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const want = "CSV with a head";
    throw new PavedError({ code: "PVD8001", where: name, got: error.message, want, fix: "export it anew" });
  }
}

/** What the head has most of: a comma in a cell of a file with semicolons is no delimiter. */
function delimiterOf(text: string): string {
  const [head = ""] = text.trimStart().split("\n", 1);
  const count = (delimiter: string) => head.split(delimiter).length;
  return [",", ";", "\t"].reduce((most, each) => (count(each) > count(most) ? each : most));
}

function labelsIn(cell: string): readonly string[] {
  return cell.split(/[,;|]/).map((each) => each.trim().toLowerCase());
}

function noColumn(where: string, heads: readonly string[]): Finding {
  return {
    code: "PVD8001",
    where,
    got: heads.join(", ").slice(0, 200),
    want: "a column that says when a ticket was opened",
    fix: "call it created",
  };
}

function noInstant(where: string, got: string | undefined): Finding {
  return {
    code: "PVD8001",
    where,
    got: shown(got),
    want: "a time such as 2027-03-01 14:05, of UTC or with a zone",
    fix: "export times in this form",
  };
}
