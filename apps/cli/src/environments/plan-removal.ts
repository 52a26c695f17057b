import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { didYouMean, type EnvironmentEntry, type Finding, type FleetIndex, PavedError } from "@paved/model";
import {
  committedText,
  type Mode,
  modeInWords,
  type PreparedChange,
  prepareChange,
  recordWith,
  REMOVED_RECORD,
  type Workspace,
} from "@paved/pipeline";
import { ENVIRONMENT_LIST, listWithout } from "@paved/scaffold";

const COMMAND = "paved remove-environment";

/**
 * The environment of that name, if the fleet can do without it.
 * @throws PavedError PVD1001 when there is none; PVD4003 for the only protected one, and while others are made like it
 */
export function removable(workspace: Workspace, { environments }: FleetIndex, name: string): EnvironmentEntry {
  const found = environments.find((each) => each.name === name);
  if (found === undefined) {
    const names = environments.map((each) => each.name);
    const want = "an environment that there is";
    throw new PavedError({ code: "PVD1001", where: "<name>", got: name, want, fix: didYouMean(name, names) });
  }
  const findings = [...lastProtected(found, environments), ...madeLike(workspace, name)];
  if (findings.length > 0) throw new PavedError(findings);
  return found;
}

function lastProtected(
  { name, ...found }: EnvironmentEntry,
  environments: FleetIndex["environments"],
): readonly Finding[] {
  if (!found.protected || environments.some((each) => each.protected && each.name !== name)) return [];
  const got = `${name}, the only environment whose data is protected`;
  return [{ code: "PVD4003", where: "<name>", got, want: "another that is protected", fix: "add that one first" }];
}

/** Data files that begin with what this one says. */
function madeLike({ root }: Workspace, name: string): readonly Finding[] {
  const folder = "environments/src";
  return readdirSync(path.join(root, folder))
    .filter((file) => readFileSync(path.join(root, folder, file), "utf8").includes(`from "./${name}"`))
    .map((file) => ({
      code: "PVD4003",
      where: `${folder}/${file}`,
      got: `an environment that is made like ${name}`,
      want: `nothing that takes what it says from ${name}`,
      fix: `remove that one first, or have it say itself what it has from ${name}`,
    }));
}

/**
 * Finds out what the removal makes of the platform's repository; nothing is written.
 * @param mode where it was looked whether anything lives, which the commit says: in the sandbox is not in the cloud
 * @throws PavedError what synth and the checks find without the environment
 */
export async function planRemoval(
  workspace: Workspace,
  { name, account }: EnvironmentEntry,
  mode: Mode,
  progress: (line: string) => void,
): Promise<PreparedChange> {
  const list = committedText(workspace, ENVIRONMENT_LIST, COMMAND) ?? "";
  const lookedIn = mode === "live" ? "cloud" : "sandbox";
  const edited = new Map([
    [ENVIRONMENT_LIST, await listWithout(list, name)],
    [REMOVED_RECORD, recordWith(committedText(workspace, REMOVED_RECORD, COMMAND), { name, account, lookedIn })],
  ]);
  const looked = `nothing lives in it in ${modeInWords(mode)}`;
  const message = `Remove the environment ${name}: ${looked}\n\nMade by ${COMMAND}.\n\nAccount: ${account}\n`;
  const removed = [`environments/src/${name}.ts`, `environments/${name}`];
  const branch = `remove-environment-${name}`;
  const change = { command: COMMAND, subject: `all but ${name}`, branch, edited, removed, message };
  return prepareChange(workspace, change, progress);
}
