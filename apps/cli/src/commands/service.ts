import { spawn } from "node:child_process";
import { eventsIn, isWell, logsIn, readServiceStatus } from "@paved/workloads";
import { didYouMean, PavedError } from "@paved/model";
import { select } from "@paved/pipeline";
import type { CommandContext, CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { ago } from "../service/amounts";
import { linksOf, type ServiceLink } from "../service/links";
import { printStatus, type Seen } from "../service/print-status";
import { viewService } from "../service/views";
import { quantity } from "../terminal/quantity";
import { indexAtHand, selectionOf } from "./fleet-at-hand";
import { lineCount } from "./line-count";

/** Links that a status shows; others are behind `paved open`. */
const SHOWN: readonly string[] = ["website", "dashboard", "runbook"];

/** `paved status` */
export const serviceStatusCommand: CommandRun = async (context) => {
  const { workspace, terminal, options } = context;
  const found = await viewService(context, async ({ service, environment, delivery, reader }): Promise<Seen> => {
    const status = await readServiceStatus(reader, { namespace: service, delivery });
    const links = linksOf(workspace, service).filter((link) => (link.environment ?? environment) === environment);
    return { service, environment, isWell: isWell(status), ...status, links };
  });
  if (options["json"] === true) terminal.out(JSON.stringify({ services: found }, null, 2));
  else {
    const now = new Date();
    for (const seen of found)
      printStatus(terminal, { ...seen, links: seen.links.filter(({ type }) => SHOWN.includes(type)) }, now);
  }
  return found.every((seen) => seen.isWell) ? EXIT_CODES.ok.code : EXIT_CODES.failed.code;
};

/** `paved logs` */
export const serviceLogsCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const lines = lineCount(options["lines"], "container");
  const pod = options["pod"] as string | undefined;
  const isPrevious = options["previous"] === true;
  const found = await viewService(context, async ({ service, environment, reader }) => {
    const logs = await logsIn(reader, { namespace: service, lines, pod, isPrevious });
    return logs.map((log) => ({ environment, ...log }));
  });
  const logs = found.flat();
  if (pod !== undefined && logs.length === 0) throw noPod(pod);
  if (options["json"] === true) terminal.out(JSON.stringify({ logs }, null, 2));
  else {
    if (logs.length === 0) terminal.err("no pod runs");
    const many = new Set(logs.map(({ environment }) => environment)).size > 1;
    for (const { environment, pod: name, container, lines: wrote } of logs)
      for (const line of wrote) terminal.out(`${many ? `${environment} ` : ""}${name} ${container} | ${line}`);
  }
  return EXIT_CODES.ok.code;
};

/** `paved events` */
export const serviceEventsCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const found = await viewService(context, async ({ service, environment, reader }) => {
    const events = await eventsIn(reader, service);
    const chosen = options["warnings"] === true ? events.filter(({ type }) => type !== "Normal") : events;
    return { service, environment, events: chosen };
  });
  if (options["json"] === true) terminal.out(JSON.stringify({ services: found }, null, 2));
  else {
    const now = new Date();
    for (const { service, environment, events } of found) {
      const warnings = events.filter(({ type }) => type !== "Normal").length;
      terminal.out(
        `${service} in ${environment}: ${quantity(events.length, "event")}, ${quantity(warnings, "warning")}`,
      );
      // Messages are longer than a table is wide.
      for (const { at, type, reason, about, count, message } of events) {
        const times = count > 1 ? ` (${count} times)` : "";
        terminal.out(`  ${ago(at, now)} ago ${type} ${reason} ${about}${times}: ${message}`);
      }
    }
  }
  return EXIT_CODES.ok.code;
};

/** `paved open` */
export const openCommand: CommandRun = async (context) => {
  const { terminal, options } = context;
  const links = await chosenLinks(context);
  if (options["json"] === true) terminal.out(JSON.stringify({ links }, null, 2));
  else for (const { title, url } of links) terminal.out(`${title}: ${url}`);
  const [link] = links;
  // A person who names one thing wants to see it; a list, or a script, is not shown a browser.
  if (terminal.fancy && links.length === 1 && link !== undefined && options["json"] !== true) inBrowser(link.url);
  return EXIT_CODES.ok.code;
};

async function chosenLinks(context: CommandContext): Promise<readonly ServiceLink[]> {
  const { workspace, options } = context;
  const [service, what] = context.arguments as readonly [string, string?];
  const index = await indexAtHand(context);
  const names = index.services.map(({ name }) => name);
  if (!names.includes(service)) throw unknown("<service>", service, names);
  const { environments } = selectionOf(options);
  select(index, [], { environments });
  const all = linksOf(workspace, service);
  const types = [...new Set(all.map(({ type }) => type))];
  if (what !== undefined && !types.includes(what)) throw unknown("[what]", what, types);
  return all.filter(
    ({ type, environment }) =>
      (what === undefined || type === what) &&
      (environments === undefined || environment === undefined || environments.includes(environment)),
  );
}

function inBrowser(url: string): void {
  const program = process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(program, [url], { detached: true, stdio: "ignore" });
  // Without a browser, the address that is printed has to do.
  child.on("error", () => {});
  child.unref();
}

function unknown(where: string, got: string, known: readonly string[]): PavedError {
  const want = where === "<service>" ? "a service of the fleet" : "something that the service has a link to";
  return new PavedError({ code: "PVD4001", where, got, want, fix: didYouMean(got, known) });
}

function noPod(got: string): PavedError {
  return new PavedError({
    code: "PVD4001",
    where: "--pod",
    got,
    want: "a pod of the service",
    fix: "see paved status for their names",
  });
}
