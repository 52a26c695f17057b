import type { Ticket } from "../tickets/ticket";
import { isIn, weeksIn, type Window } from "../window";
import type { Deployment } from "./deployments";
import { type Figure, figureOf, mean } from "./figure";

/** Change-failure rate: of the deployments, the part that failed. */
export function changeFailure(deployed: readonly Deployment[], window: Window): Figure {
  const samples = deployed
    .filter(({ stack: { outcome } }) => outcome === "applied" || outcome === "failed")
    .map(({ at, stack }) => ({ at, value: stack.outcome === "failed" ? 1 : 0 }));
  return figureOf("change-failure", samples, window, mean);
}

/**
 * Platform tickets a week.
 * @param tickets those for the platform team. @default - no export was given, so that nothing is known
 */
export function platformTickets(tickets: readonly Ticket[] | undefined, window: Window): Figure {
  const id = "platform-tickets";
  if (tickets === undefined) {
    return { id, count: 0, weekly: window.weeks.map(() => null), notes: ["no export of tickets is given: --tickets"] };
  }
  const opened = (time: { readonly from: number; readonly to: number }) =>
    tickets.filter(({ at }) => isIn(at, time)).length;
  const count = opened(window);
  return { id, value: count / weeksIn(window), count, weekly: window.weeks.map(opened), notes: [] };
}
