import { PavedError } from "@paved/model";
import type { OptionValues } from "../command-spec";

/** How many lines `--lines` asks for. @throws PavedError PVD4003 for anything but a number */
export function lineCount(value: OptionValues[string], of: "component" | "container"): number {
  const lines = Number(value ?? 20);
  if (Number.isInteger(lines) && lines > 0) return lines;
  throw new PavedError({
    code: "PVD4003",
    where: "--lines",
    got: String(value),
    want: "a whole number from 1",
    fix: `name how many lines of each ${of} you want to see`,
  });
}
