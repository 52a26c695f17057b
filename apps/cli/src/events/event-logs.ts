import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LogFile } from "@paved/metrics";
import { PavedError } from "@paved/model";
import type { Workspace } from "@paved/pipeline";
import { eventFile } from "./event-file";

/**
 * The event log of a workspace, where there is one, and others that are named.
 * @throws PavedError PVD4003 for one that cannot be read
 */
export function eventLogs(
  workspace: Workspace,
  named: readonly string[],
  environment: NodeJS.ProcessEnv,
): readonly LogFile[] {
  const own = eventFile(workspace, environment);
  const logs = own === undefined || !existsSync(own) ? [] : [own];
  return [
    ...logs.map((file) => read("event log", path.relative(workspace.root, file), file)),
    ...named.map((file) => read("--log", file, path.resolve(file))),
  ];
}

function read(where: string, name: string, file: string): LogFile {
  return { name, text: readGiven(where, name, file) };
}

/**
 * The text of a file that is given.
 * @param where what gave it, named in the error: an option
 * @throws PavedError PVD4003 when it cannot be read
 */
export function readGiven(where: string, name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const got = `${name}: ${(error as Error).message}`;
    throw new PavedError({ code: "PVD4003", where, got, want: "a file that can be read", fix: "name another file" });
  }
}
