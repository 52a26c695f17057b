import { findExecutable } from "@paved/machine";
import type { PavedError } from "@paved/model";

/** How somebody comes by it. */
const FIX = "install Go 1.22 or newer (https://go.dev/dl)";

/**
 * Go itself.
 * @param searchPath where it is looked for. @default - the PATH of this process
 * @param refuse the error where there is none; `fix` is how to come by it
 * @throws PavedError of `refuse`
 */
export function findGo(searchPath: string | undefined, refuse: (fix: string) => PavedError): string {
  const go = findExecutable("go", searchPath ?? process.env["PATH"] ?? "");
  if (go === undefined) throw refuse(FIX);
  return go;
}
