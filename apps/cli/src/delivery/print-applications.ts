import { type Deliverer, DELIVERER_TITLES } from "@paved/model";
import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import type { Terminal } from "../terminal/terminal";
import type { AppliedApplication } from "./await-sync";
import { WATCHED } from "./watched";

/** What Argo CD or Flux made of a delivery, for a person: how many are well, and those that are not. */
export function printApplications(
  terminal: Terminal,
  by: Deliverer,
  applications: readonly AppliedApplication[],
): void {
  if (applications.length === 0) return;
  const unwell = applications.filter(({ isWell }) => !isWell);
  const well = applications.length - unwell.length;
  const watched = WATCHED[by];
  const all = quantity(applications.length, watched.noun);
  terminal.out(`${DELIVERER_TITLES[by]}: ${well} of ${all} ${watched.well}`);
  if (unwell.length === 0) return;
  const heads = [watched.noun, "sync", "health", "revision", "message"].map((head) => ({ head }));
  const rows = unwell.map(({ name, sync, health, revision, message }) => [
    name,
    sync,
    health,
    revision.slice(0, 7),
    message ?? "",
  ]);
  terminal.out(drawTable(terminal, heads, rows));
}
