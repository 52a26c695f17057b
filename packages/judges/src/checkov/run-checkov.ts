import type { Finding } from "@paved/model";
import type { Judge } from "@paved/policy";
import { lastWords, pythonRoom, runProcess } from "@paved/python";
import { parseReport, type Report } from "./report";
import { type Bench, cannotJudge } from "../bench";
import { type EnvironmentCount, notWhole } from "../judgement";

/** What one run of checkov looks at. */
export interface CheckovCall {
  readonly framework: "terraform_plan" | "kubernetes";
  /** Where it is started; its paths are relative to this. */
  readonly directory: string;
  /** Files, or folders, below it. */
  readonly input: { readonly files: readonly string[] } | { readonly folder: string };
}

/** Checkov ends with 1 when a check failed, which is an answer. */
const ANSWERS: readonly (number | string)[] = [0, 1];

/**
 * Runs checkov once: offline, nothing sent anywhere, no settings but ours.
 * @throws PavedError PVD2014 when it cannot be installed, or breaks down
 */
export async function runCheckov(bench: Bench, { framework, directory, input }: CheckovCall): Promise<Report> {
  const { python } = await pythonRoom(bench.room);
  const what = "files" in input ? input.files.flatMap((file) => ["-f", file]) : ["-d", input.folder];
  const end = await runProcess({
    program: python,
    arguments: ["-m", "checkov.main", ...what, "--framework", framework, "--skip-download", "--output", "json"],
    directory,
    environment: bench.judging,
  });
  if (ANSWERS.includes(end.code)) return parseReport(end.stdout);
  const fix = "remove .paved/judges, then run the command again";
  throw cannotJudge("checkov", `it ended with ${end.code}: ${lastWords(end)}`, "a judgement", fix);
}

/** The figures of a report. */
export function count({ scanned, passed, failed }: Report): EnvironmentCount {
  const applicable = new Set([...passed, ...failed].map(({ rule }) => rule)).size;
  return { scanned, applicable, passed: passed.length, failed: failed.length };
}

/**
 * Why a report is not whole.
 * @param expected files that checkov has rules for, so that it has to say something about each
 */
export function missingFrom(report: Report, judge: Judge, environment: string, expected: readonly string[]): Finding[] {
  const seen = new Set([...report.passed, ...report.failed].map(({ file }) => file));
  const found = report.unreadable.map((file) => notWhole(judge, environment, `${file} unreadable`, "every file read"));
  for (const { rule, resource } of report.skipped) {
    found.push(notWhole(judge, environment, `${rule} skipped by ${resource}`, "every rule applied"));
  }
  for (const file of expected.filter((each) => !seen.has(each))) {
    found.push(notWhole(judge, environment, `nothing about ${file}`, "a word on every stack and workload"));
  }
  if (report.scanned === 0) found.push(notWhole(judge, environment, "0 resources scanned", "at least one"));
  return found;
}
