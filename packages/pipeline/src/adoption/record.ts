import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Finding, FleetIndex } from "@paved/model";
import { adoptionOf, type ServiceAdoption } from "./adoption";
import { writeAtomically } from "../workspace/atomic-write";
import type { Workspace } from "../workspace/workspace";

/** Where adoption is written down, relative to the workspace; Git keeps what it was. */
export const ADOPTION_RECORD = "environments/adoption.txt";

const HEAD = "# environment service owner golden-path resources made-by-it deviations";

/** What a check of the record found. */
export interface AdoptionCheck {
  /** PVD2011 when the record says something else. */
  readonly findings: readonly Finding[];
  /** Files that were written. */
  readonly written: readonly string[];
}

/** Holds the record against the fleet, or writes it. */
export function checkAdoptionRecord(workspace: Workspace, index: FleetIndex, { write = false } = {}): AdoptionCheck {
  const file = path.join(workspace.root, ADOPTION_RECORD);
  const wanted = formatRecord(adoptionOf(index).services);
  const found = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (found === wanted) return { findings: [], written: [] };
  if (write) {
    writeAtomically(file, wanted);
    return { findings: [], written: [ADOPTION_RECORD] };
  }
  const got = found === "" ? "no such file" : "a record of what was before";
  const want = "the golden path of every service, and what it made";
  const fix = "run paved check --write, and commit the file";
  return { findings: [{ code: "PVD2011", where: ADOPTION_RECORD, got, want, fix }], written: [] };
}

/** A line a service and environment, sorted, so that two pull requests rarely meet in one. */
export function formatRecord(services: readonly ServiceAdoption[]): string {
  const lines = services.map(({ environment, service, owner, goldenPath, resources, onPath, deviations }) =>
    [environment, service, owner, goldenPath, resources, onPath, deviations].join(" "),
  );
  return `${[HEAD, ...lines.toSorted()].join("\n")}\n`;
}

/** What {@link formatRecord} wrote; lines that are none of its own are left out. */
export function parseRecord(text: string): readonly ServiceAdoption[] {
  return text.split("\n").flatMap((line) => {
    const [environment, service, owner, goldenPath, ...figures] = line.split(" ");
    const [resources, onPath, deviations] = figures.map(Number);
    const isWhole = figures.length === 3 && figures.every((figure) => /^\d+$/.test(figure));
    if (!isWhole || environment === undefined || service === undefined) return [];
    return [
      {
        environment,
        service,
        owner: owner ?? "",
        goldenPath: goldenPath ?? "none",
        resources: resources ?? 0,
        onPath: onPath ?? 0,
        deviations: deviations ?? 0,
      },
    ];
  });
}
