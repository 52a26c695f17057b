import { type Finding, PavedError } from "@paved/model";
import type { PolicyStatement } from "../iam/policy";
import { UNRESTRICTABLE_ACTIONS } from "./unrestrictable";

/**
 * Refuses statements that give more than a workload can need: every action (of a service), or every resource for
 * actions that could name theirs (checkov CKV_AWS_63, CKV_AWS_290, CKV_AWS_355).
 *
 * @param where construct path of the identity
 * @throws PavedError PVD1025, everything that is wrong at once
 */
export function checkStatement(statement: PolicyStatement, where: string): void {
  const findings: Finding[] = [];
  const refuse = (got: string, want: string, fix: string) => findings.push({ code: "PVD1025", where, got, want, fix });
  const { actions, resources } = statement;
  if (actions.length === 0) refuse("no action", "at least one action", "name the actions the workload calls");
  if (resources.length === 0) refuse("no resource", "at least one ARN", "name the resources the workload uses");
  for (const action of actions.filter((candidate) => !/^[a-z0-9-]+:[A-Za-z]+\*?$/.test(candidate))) {
    refuse(`action ${JSON.stringify(action)}`, "an action of one service by name", "write for example s3:GetObject");
  }
  const restrictable = actions.filter((action) => !UNRESTRICTABLE_ACTIONS.has(action));
  if (resources.includes("*") && restrictable.length > 0) {
    refuse(`${restrictable.join(", ")} on every resource`, "the ARNs they are needed on", "replace * by those ARNs");
  }
  if (findings.length > 0) throw new PavedError(findings);
}
