import { readFileSync } from "node:fs";
import path from "node:path";

/** Who holds the lock of a state, as OpenTofu notes it. */
export interface LockInfo {
  readonly id: string;
  /** Bucket and object, or the local file. */
  readonly path: string;
  /** What was being done, for example `OperationTypeApply`. */
  readonly operation: string;
  /** User and host, for example `ci@runner-1`. */
  readonly who: string;
  /** When it was taken. */
  readonly created: string;
  /** What else was noted. */
  readonly info: string;
}

/** Reads the block that OpenTofu prints of a lock it met. @returns undefined when there is none */
export function lockInfoIn(text: string): LockInfo | undefined {
  const field = (name: string): string => new RegExp(`^\\s*${name}:[ \\t]*(.*)$`, "m").exec(text)?.[1]?.trim() ?? "";
  const id = /^\s*Lock Info:/m.test(text) ? field("ID") : "";
  if (id === "") return undefined;
  return {
    id,
    path: field("Path"),
    operation: field("Operation"),
    who: field("Who"),
    created: field("Created"),
    info: field("Info"),
  };
}

/** Where OpenTofu notes who works on a local state. */
export function localLockFile(stateFile: string): string {
  return path.join(path.dirname(stateFile), `.${path.basename(stateFile)}.lock.info`);
}

/** Who noted that they work on a local state; the lock itself is the system's, and went with its process. */
export function localLockInfo(stateFile: string): LockInfo | undefined {
  try {
    const noted = JSON.parse(readFileSync(localLockFile(stateFile), "utf8")) as Readonly<Record<string, string>>;
    const { ID = "", Path = "", Operation = "", Who = "", Created = "", Info = "" } = noted;
    return { id: ID, path: Path, operation: Operation, who: Who, created: Created, info: Info };
  } catch {
    return undefined;
  }
}

/** Whose lock it is, in words. */
export function lockInWords({ who, operation, created, info }: LockInfo): string {
  const doing = operation.replace(/^OperationType/, "").toLowerCase() || "something";
  return `${who}, since ${created.replace(/\.\d+/, "")}, for ${doing}${info === "" ? "" : ` (${info})`}`;
}
