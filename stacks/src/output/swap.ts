import * as fs from "node:fs";
import * as path from "node:path";
import { PavedError } from "@paved/model";

/**
 * Has `write` fill a fresh directory beside `output`, then puts it in the place of `output`. If anything fails, the old
 * output stands as it was. What an earlier run left half done is put right first.
 *
 * @throws PavedError PVD1023 when the file system refuses, for example a full disk
 */
export function swapInto(output: string, write: (directory: string) => void): void {
  const fresh = `${output}.new`;
  const former = `${output}.old`;
  try {
    recover(output, former);
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.mkdirSync(fresh, { recursive: true });
    write(fresh);
    if (fs.existsSync(output)) fs.renameSync(output, former);
    fs.renameSync(fresh, output);
    fs.rmSync(former, { recursive: true, force: true });
  } catch (error) {
    recover(output, former);
    fs.rmSync(fresh, { recursive: true, force: true });
    throw isRefusal(error) ? new PavedError(refusal(error, output)) : error;
  }
}

/** Where a run ended between its two renames, the former output is put back. */
function recover(output: string, former: string): void {
  if (!fs.existsSync(former)) return;
  if (fs.existsSync(output)) fs.rmSync(former, { recursive: true, force: true });
  else fs.renameSync(former, output);
}

function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return typeof (error as Partial<NodeJS.ErrnoException> | null)?.syscall === "string";
}

function refusal(error: NodeJS.ErrnoException, output: string) {
  return {
    code: "PVD1023" as const,
    where: path.basename(output),
    got: `${error.code ?? "an error"} on ${error.syscall}`,
    want: "room and permission to write the output",
    fix:
      error.code === "ENOSPC"
        ? "free some disk space; the former output is untouched"
        : "check the directory; the former output is untouched",
  };
}
