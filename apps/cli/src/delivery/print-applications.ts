import { drawTable } from "../terminal/draw-table";
import { quantity } from "../terminal/quantity";
import type { Terminal } from "../terminal/terminal";
import type { AppliedApplication } from "./await-sync";

/** What Argo CD made of a delivery, for a person: how many are well, and those that are not. */
export function printApplications(terminal: Terminal, applications: readonly AppliedApplication[]): void {
  if (applications.length === 0) return;
  const unwell = applications.filter(({ isWell }) => !isWell);
  const well = applications.length - unwell.length;
  terminal.out(`Argo CD: ${well} of ${quantity(applications.length, "application")} synced and healthy`);
  if (unwell.length === 0) return;
  const heads = ["application", "sync", "health", "revision", "message"].map((head) => ({ head }));
  const rows = unwell.map(({ name, sync, health, revision, message }) => [
    name,
    sync,
    health,
    revision.slice(0, 7),
    message ?? "",
  ]);
  terminal.out(drawTable(terminal, heads, rows));
}
