import { type Finding, PavedError } from "@paved/model";
import type { OptionValues } from "../command-spec";

/** PVD4003 for an option that has to be there. */
export function missing(where: string, want: string, fix: string): Finding {
  return { code: "PVD4003", where, got: "nothing", want, fix };
}

/** What an option says that names one environment. @throws PavedError PVD4003 when it says none */
export function oneEnvironment(options: OptionValues, option: "env" | "from" | "to"): string {
  const name = options[option];
  if (typeof name === "string" && name !== "") return name;
  const example = option === "to" ? "staging" : "dev";
  throw new PavedError(missing(`--${option}`, "an environment", `say which, for example --${option} ${example}`));
}
