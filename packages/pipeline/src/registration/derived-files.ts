import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PavedError } from "@paved/model";
import { checkAddresses } from "../addresses/check";
import { checkAdoptionRecord } from "../adoption/record";
import { checkDeviations } from "../deviations/check-deviations";
import { checkGuardRails } from "../guard-rails/guard-rails";
import { checkPermissions } from "../permissions/check-permissions";
import { synthAnd } from "../synth/synth";
import { checkWorkflows } from "../workflows/check-workflows";
import { readFleet } from "../workspace/fleet";
import type { Workspace } from "../workspace/workspace";
import type { FileTexts } from "./commit";
import type { Change } from "./prepare-change";

/**
 * Makes the change in a checkout, and gives all that is to be committed.
 * @param today day that expiry is judged by: that of the commit it goes onto, so that the calendar changes nothing
 * @throws PavedError what synth and the checks find, all of the checks together
 */
export async function derivedFiles(
  checkout: Workspace,
  { added = new Map(), edited = new Map(), removed = [] }: Pick<Change, "added" | "edited" | "removed">,
  today: string,
): Promise<FileTexts> {
  for (const file of removed) rmSync(path.join(checkout.root, file), { force: true });
  const said = [...added, ...edited];
  for (const [file, text] of said) {
    mkdirSync(path.dirname(path.join(checkout.root, file)), { recursive: true });
    writeFileSync(path.join(checkout.root, file), text);
  }
  const fleet = await synthAnd(checkout, readFleet);
  const write = { write: true } as const;
  const checks = [
    checkAddresses(checkout, fleet.index, write),
    checkAdoptionRecord(checkout, fleet.index, write),
    checkPermissions(checkout, fleet, write),
    checkDeviations(checkout, fleet.index, write),
    checkWorkflows(checkout, fleet.index, write),
  ];
  const findings = [...checks, checkGuardRails(fleet, { today })].flatMap((check) => check.findings);
  if (findings.length > 0) throw new PavedError(findings);
  const written = checks.flatMap((check) => check.written);
  return new Map([...removed, ...said.map(([file]) => file), ...written].map((file) => [file, textOf(checkout, file)]));
}

function textOf({ root }: Workspace, file: string): string | undefined {
  const full = path.join(root, file);
  return existsSync(full) ? readFileSync(full, "utf8") : undefined;
}
