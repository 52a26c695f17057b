/** A ticket, and no more of it than is counted: neither who opened it nor what it says. */
export interface Ticket {
  /** What tells it apart, within its export or everywhere. */
  readonly id: string;
  /** When it was opened, in milliseconds since 1970. */
  readonly at: number;
}

/** An export, as a file. */
export interface TicketExport {
  /** How errors call it. */
  readonly name: string;
  readonly text: string;
}
