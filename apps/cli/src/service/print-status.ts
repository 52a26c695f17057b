import { DELIVERER_TITLES } from "@paved/model";
import type { ServiceStatus } from "@paved/workloads";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import type { Terminal } from "../terminal/terminal";
import { ago, useOf } from "./amounts";
import type { ServiceLink } from "./links";

/** What `paved status` found of a service in one environment. */
export interface Seen extends ServiceStatus {
  readonly service: string;
  readonly environment: string;
  readonly isWell: boolean;
  readonly links: readonly ServiceLink[];
}

/** The state of a service in one environment, for a person: the sum of it first. */
export function printStatus(terminal: Terminal, seen: Seen, now: Date): void {
  const { service, environment, workloads, schedules, pods, delivery, quota, links } = seen;
  const ready = workloads.reduce((sum, one) => sum + one.ready, 0);
  const wanted = workloads.reduce((sum, one) => sum + one.wanted, 0);
  const parts = [
    ...(workloads.length === 0 ? [] : [`${ready} of ${quantity(wanted, "pod")} ready`]),
    ...(schedules.length === 0 ? [] : [quantity(schedules.length, "schedule")]),
  ];
  const state = parts.length === 0 ? "nothing runs" : parts.join(", ");
  const synced = delivery === undefined ? "" : `; ${delivery.sync}, ${delivery.health}${at(delivery.revision)}`;
  terminal.out(`${service} in ${environment}: ${state}${synced}`);
  if (delivery?.message !== undefined) terminal.out(`  ${DELIVERER_TITLES[delivery.by]}: ${delivery.message}`);
  for (const { name, rollout, message, images, deployedAt } of workloads) {
    const why = message === undefined ? "" : `: ${message}`;
    terminal.out(`  ${name} is ${rollout}${why}; ${images.join(", ")}, deployed ${ago(deployedAt, now)} ago`);
  }
  for (const { name, schedule, active, isSuspended, lastRun, lastSuccess } of schedules) {
    const runs = isSuspended ? "suspended" : `${active} running`;
    const last =
      lastRun === undefined ? "never ran" : `ran ${ago(lastRun, now)} ago, well ${ago(lastSuccess, now)} ago`;
    terminal.out(`  ${name} (${schedule}): ${runs}, ${last}`);
  }
  if (pods.length > 0) {
    const rows = pods.map((pod) => [
      pod.name,
      pod.message === undefined ? pod.state : `${pod.state}: ${pod.message}`,
      `${pod.ready}/${pod.containers}`,
      `${pod.restarts}${pod.lastEnd === undefined ? "" : ` (${pod.lastEnd})`}`,
      useOf(pod, "cpu"),
      useOf(pod, "memory"),
      pod.node ?? "-",
      ago(pod.since, now),
    ]);
    const heads = ["pod", "state", "ready", "restarts", "cores used/asked/most", "MiB used/asked/most", "node", "age"];
    terminal.out(
      drawTable(
        terminal,
        heads.map((head) => ({ head })),
        rows,
      ),
    );
  }
  if (quota.length > 0)
    terminal.out(`  quota: ${quota.map(({ name, used, hard }) => `${name} ${used} of ${hard}`).join(", ")}`);
  for (const { title, url } of links) terminal.out(`  ${title}: ${url}`);
}

function at(revision: string | undefined): string {
  return revision === undefined ? "" : ` at ${revision.slice(0, 7)}`;
}
