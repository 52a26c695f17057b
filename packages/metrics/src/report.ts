import { METRIC_IDS, type MetricId } from "./definitions";
import type { EventPlace, PavedEvent } from "./events/event";
import type { EventLog } from "./events/event-log";
import { deployments } from "./figures/deployments";
import type { Figure } from "./figures/figure";
import { changeFailure, platformTickets } from "./figures/rates";
import { type PastStanding, shareFigure, type Standing } from "./figures/shares";
import { type Commits, firstDeployment, timeToEnvironment } from "./figures/times";
import type { Ticket } from "./tickets/ticket";
import { weeksUntil, type Window } from "./window";

/** All that figures are counted from. */
export interface ReportInput {
  /** Where the window ends, in milliseconds since 1970: nobody reads a clock here. */
  readonly until: number;
  /** Weeks in the window, of which the last is the one that is going on. */
  readonly weeks: number;
  /** Whose deployments count. */
  readonly place: EventPlace;
  /** Environment of the first deployment. */
  readonly target: string;
  readonly log: EventLog;
  /** When the file of each service was added. */
  readonly services: Commits;
  /** When the file of each environment was added. */
  readonly environments: Commits;
  /** The platform's stacks that every environment has, without its name in front. */
  readonly layers: readonly string[];
  readonly standing: Standing;
  readonly past: readonly PastStanding[];
  /** @default - no export of tickets was given */
  readonly tickets?: readonly Ticket[];
}

/** Every metric, of one window. */
export interface Report {
  readonly place: EventPlace;
  readonly target: string;
  readonly window: Window;
  /** Events of the place that lie in the window, and requests, which have none. */
  readonly events: number;
  /** One a metric, in the order of the definitions. */
  readonly figures: readonly Figure[];
  /** What of the log was left out, each as a line. */
  readonly notes: readonly string[];
}

/** Counts every metric. Pure: the same input gives the same report, whatever order its lines are in and wherever it runs. */
export function metricsReport(input: ReportInput): Report {
  const { place, target, log, layers, standing, past, tickets } = input;
  const window = weeksUntil(input.until, input.weeks);
  const events = log.events.filter(({ at }) => at < window.to);
  const deployed = deployments(events, place);
  const counted: Readonly<Record<MetricId, () => Figure>> = {
    "first-deployment": () => firstDeployment({ events, deployed, window, target, commits: input.services }),
    "golden-path-adoption": () => shareFigure("golden-path-adoption", standing, past, window),
    environment: () => timeToEnvironment({ events, deployed, window, layers, commits: input.environments }),
    "platform-tickets": () => platformTickets(tickets, window),
    "change-failure": () => changeFailure(deployed, window),
    deviation: () => shareFigure("deviation", standing, past, window),
  };
  return {
    place,
    target,
    window,
    events: events.filter((event) => event.at >= window.from && isOf(place, event)).length,
    figures: METRIC_IDS.map((id) => counted[id]()),
    notes: logNotes(log, log.events.length - events.length),
  };
}

function isOf(place: EventPlace, event: PavedEvent): boolean {
  return event.kind === "request" || event.place === place;
}

function logNotes({ events, damaged, newer }: EventLog, ahead: number): readonly string[] {
  const [first] = damaged;
  const lines = (count: number) => `${count} ${count === 1 ? "line" : "lines"} of the event log`;
  return [
    ...(events.length === 0 ? ["the event log has no events: plan, apply and rehearse write them"] : []),
    ...(first === undefined
      ? []
      : [`left out: ${lines(damaged.length)} that cannot be read, the first is ${first.file}:${first.line}`]),
    ...(newer > 0 ? [`left out: ${lines(newer)} that a newer Paved wrote`] : []),
    ...(ahead > 0 ? [`left out: ${lines(ahead)} after the end of the window`] : []),
  ];
}
