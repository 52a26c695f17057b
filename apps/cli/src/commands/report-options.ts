import { type Finding, type FleetIndex, PavedError } from "@paved/model";
import { checkChoice, chosenServices, type Fleet, type Grouping, placed, type ServiceChoice } from "@paved/pipeline";
import type { OptionValues } from "../command-spec";
import { chosenStacks, selectionOf } from "./fleet-at-hand";

/** How a report on services is asked for. */
export interface ReportOptions {
  readonly format: "table" | "json" | "openmetrics";
  /** Commits to look back. @default - how it is now */
  readonly history: number | undefined;
  /** @default - not counted by anything, or by everything there is */
  readonly by: Grouping | undefined;
  readonly choice: ServiceChoice;
}

/**
 * What the options of `paved adoption` and `paved deviations` ask for.
 * @throws PavedError PVD4003 for options that do not go together, all at once, and a number of commits that is none
 */
export function reportOptions(options: OptionValues): ReportOptions {
  const format = saidFormat(options, "table") as ReportOptions["format"];
  const history = options["history"] === undefined ? undefined : commitsOf(String(options["history"]));
  const by = options["by"] as Grouping | undefined;
  const refused: readonly (readonly [boolean, string, string])[] = [
    [options["json"] === true && format !== "json", `--json with --format ${format}`, "leave one of them out"],
    [
      history !== undefined && format === "openmetrics",
      "--history with --format openmetrics",
      "leave --history out: metrics are of now",
    ],
    [
      history !== undefined && options["today"] !== undefined,
      "--history with --today",
      "leave --today out: what was is not judged",
    ],
    [by !== undefined && format !== "table", `--by with --format ${format}`, "leave --by out: it has every label"],
  ];
  const findings = refused
    .filter(([wrong]) => wrong)
    .map(([, got, fix]): Finding => {
      const where = got.split(" ")[0] as string;
      return { code: "PVD4003", where, got, want: "options that go together", fix };
    });
  if (findings.length > 0) throw new PavedError(findings);
  return { format, history, by, choice: choiceOf(options) };
}

/**
 * What `--format` and `--json` ask for.
 * @param otherwise when neither is given
 * @throws PavedError PVD4003 when both are, and mean two things
 */
export function formatOf(options: OptionValues, otherwise: string): string {
  const format = saidFormat(options, otherwise);
  if (options["json"] !== true || format === "json") return format;
  const got = `--json with --format ${format}`;
  const [want, fix] = ["options that go together", "leave one of them out"];
  throw new PavedError({ code: "PVD4003", where: "--json", got, want, fix });
}

function saidFormat(options: OptionValues, otherwise: string): string {
  return String(options["format"] ?? (options["json"] === true ? "json" : otherwise));
}

/**
 * The fleet with the chosen services' stacks alone.
 * @throws PavedError PVD1001, PVD4001 or PVD4003 for names that the fleet does not have, or not together
 */
export function chosenIndex(fleet: Fleet, options: OptionValues): FleetIndex {
  const { index } = fleet;
  const { teams, goldenPaths } = choiceOf(options);
  const services = index.stacks.filter(({ kind }) => kind === "service").map((stack) => placed(stack, index));
  checkChoice(services, { teams, goldenPaths });
  const stacks = chosenStacks(fleet, options).filter(
    (stack) => chosenServices([placed(stack, index)], { teams, goldenPaths }).length > 0,
  );
  return { ...index, stacks };
}

function choiceOf(options: OptionValues): ServiceChoice {
  const names = (value: OptionValues[string]) => (Array.isArray(value) ? (value as readonly string[]) : undefined);
  return { ...selectionOf(options), teams: names(options["team"]), goldenPaths: names(options["goldenPath"]) };
}

function commitsOf(given: string): number {
  const commits = Number(given);
  if (Number.isInteger(commits) && commits >= 1) return commits;
  const want = "a whole number from 1";
  throw new PavedError({ code: "PVD4003", where: "--history", got: given, want, fix: "say 10 for the last ten" });
}
