import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import type { Finding, FleetIndex } from "@paved/model";
import { adoptionOf, type LeftRule, type ServiceAdoption } from "./adoption";
import type { Workspace } from "../workspace/workspace";

/** Where adoption is written down, relative to the workspace; Git keeps what it was. */
export const ADOPTION_RECORD = "environments/adoption.txt";

const HEAD = "# environment service owner golden-path resources made-by-it deviations rule@end";

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

/**
 * A line a service and environment, sorted, so that two pull requests rarely meet in one. After the number of deviations
 * comes each, as the rule that is left and the day on which that ends.
 */
export function formatRecord(services: readonly ServiceAdoption[]): string {
  const lines = services.map(({ environment, service, owner, goldenPath, resources, onPath, deviations, left }) =>
    [environment, service, owner, goldenPath, resources, onPath, deviations, ...left.map(formatLeft)].join(" "),
  );
  return `${[HEAD, ...lines.toSorted()].join("\n")}\n`;
}

/** What {@link formatRecord} wrote; lines that are none of its own are left out. */
export function parseRecord(text: string): readonly ServiceAdoption[] {
  return text.split("\n").flatMap((line) => {
    const [environment, service, owner, goldenPath, resources, onPath, deviations, ...left] = line.split(" ");
    const figures = [resources, onPath, deviations].map((figure = "") => (/^\d+$/.test(figure) ? Number(figure) : -1));
    if (environment === undefined || service === undefined || figures.includes(-1)) return [];
    return [
      {
        environment,
        service,
        owner: owner ?? "",
        goldenPath: goldenPath ?? "none",
        resources: figures[0] ?? 0,
        onPath: figures[1] ?? 0,
        deviations: figures[2] ?? 0,
        left: left.map(parseLeft),
      },
    ];
  });
}

function formatLeft({ rule, expires }: LeftRule): string {
  return `${rule}@${expires}`;
}

function parseLeft(text: string): LeftRule {
  const [rule = "", expires = ""] = text.split("@");
  return { rule, expires };
}
