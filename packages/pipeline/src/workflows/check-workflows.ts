import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "@paved/machine";
import type { Finding, FleetIndex } from "@paved/model";
import type { Workspace } from "../workspace/workspace";
import { WORKFLOW_FILES } from "./workflow-text";

/** What a check of the workflows found. */
export interface WorkflowCheck {
  /** PVD2201 for each file that names other environments than there are. */
  readonly findings: readonly Finding[];
  /** Files that were written. */
  readonly written: readonly string[];
}

/**
 * Holds what GitHub's workflows say of environments against those that there are, or writes it: jobs, accounts, regions,
 * gates and the labels of runners. A workspace without workflows has nothing to hold.
 */
export function checkWorkflows(
  { root }: Workspace,
  { environments }: Pick<FleetIndex, "environments">,
  { write = false } = {},
): WorkflowCheck {
  const findings: Finding[] = [];
  const written: string[] = [];
  const isThere = (file: string): boolean => existsSync(path.join(root, file));
  const hasAny = Object.keys(WORKFLOW_FILES).some(isThere);
  for (const [file, rewrite] of Object.entries(WORKFLOW_FILES)) {
    const full = path.join(root, file);
    if (!isThere(file)) {
      if (hasAny) findings.push(outdated(file, false));
      continue;
    }
    const text = readFileSync(full, "utf8");
    const wanted = rewrite(text, environments);
    if (wanted === text) continue;
    if (wanted !== undefined && write) {
      writeAtomically(full, wanted);
      written.push(file);
    } else findings.push(outdated(file, wanted !== undefined));
  }
  return { findings, written };
}

function outdated(where: string, hasPlace: boolean): Finding {
  return {
    code: "PVD2201",
    where,
    got: hasPlace
      ? "other environments, or other words of one"
      : "no place in which environments are written, or jobs that are of no environment",
    want: "each environment, in its order, with its account, region and approvals",
    fix: hasPlace
      ? "run paved check --write, and commit the file"
      : "bring that place back from the history of Git, and put other jobs into a workflow of their own",
  };
}
