import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { readEvents } from "@paved/metrics";
import type { Workspace } from "@paved/pipeline";
import { EVENTS_VARIABLE, eventFile } from "../events/event-file";
import { eventLogs } from "../events/event-logs";
import { quantity } from "../terminal/quantity";
import type { CheckResult } from "./check";

/** Whether commands can be recorded, which they say nothing of themselves, and whether what was recorded can be read. */
export function checkEventLog(workspace: Workspace, environment: NodeJS.ProcessEnv): CheckResult {
  const name = "event log";
  const file = eventFile(workspace, environment);
  if (file === undefined) return { name, status: "ok", found: `turned off: ${EVENTS_VARIABLE} is empty` };
  const shown = path.relative(workspace.root, file);
  try {
    checkWritable(file);
    const { events, damaged, newer } = readEvents(eventLogs(workspace, [], environment));
    const found = `${quantity(events.length, "event")} in ${shown}`;
    const left = damaged.length + newer;
    if (left === 0) return { name, status: "ok", found };
    const fix = "nothing: they are left out; paved metrics says which";
    return { name, status: "warning", found: `${found}; ${quantity(left, "line")} cannot be read`, fix };
  } catch (error) {
    const fix = `make it writable, or name another file in ${EVENTS_VARIABLE}; until then paved metrics misses what is done`;
    return { name, status: "warning", found: `${shown} cannot be written: ${(error as Error).message}`, fix };
  }
}

/** The file, or where it is not there yet, the nearest directory above that is. @throws what the file system says */
function checkWritable(file: string): void {
  if (existsSync(file) && !statSync(file).isFile()) throw new Error("not a file");
  let there = file;
  while (!existsSync(there)) there = path.dirname(there);
  accessSync(there, constants.W_OK);
  if (there !== file && !statSync(there).isDirectory()) throw new Error(`${path.basename(there)} is no directory`);
}
