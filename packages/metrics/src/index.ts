export { type Definition, definitionOf, METRIC_IDS, METRICS, type MetricId, type Unit } from "./definitions";
export {
  type CommandEvent,
  type EventPlace,
  type EventStack,
  type PavedEvent,
  type RequestEvent,
  STACK_OUTCOMES,
  type StackOutcome,
} from "./events/event";
export { type EventLog, formatEvent, type LogFile, readEvents } from "./events/event-log";
export type { Figure } from "./figures/figure";
export type { PastStanding, Share, Standing } from "./figures/shares";
export type { Commits } from "./figures/times";
export { metricsReport, type Report, type ReportInput } from "./report";
export { metricsDashboard } from "./show/dashboard";
export { countInWords, valueInWords } from "./show/in-words";
export { reportMetrics } from "./show/open-metrics";
export { definitionTable, eventTable } from "./show/page";
export { sparkline } from "./show/sparkline";
export { reportSvg } from "./show/svg";
export { readTickets } from "./tickets/read-tickets";
export type { Ticket, TicketExport } from "./tickets/ticket";
export { dayOf, WEEK, type Window } from "./window";
