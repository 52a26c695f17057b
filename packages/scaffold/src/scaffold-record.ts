import { type Finding, PavedError, shown } from "@paved/model";
import { type Given, parseAnswers } from "./answers";
import { flagOf } from "./question";
import { type Answers, ASKED, type QuestionName } from "./questions";
import type { Scaffold } from "./scaffolds";

/** The file in which a repository records what made it. */
export const RECORD_FILE = ".paved.json";

/** What a repository says of the scaffold that made it. */
export interface ScaffoldRecord {
  readonly goldenPath: string;
  readonly version: number;
  /** All that its templates were filled in with, as that version knew it: answers, golden path and version. */
  readonly values: Given;
}

/**
 * Reads the record of a repository.
 * @param where the repository, named in the error
 * @throws PavedError PVD4101 when it is no record
 */
export function parseRecord(text: string, where: string): ScaffoldRecord {
  const values = parsedObject(text, where);
  const { goldenPath, version } = values;
  const findings: Finding[] = Object.entries(values)
    .filter(([, value]) => typeof value !== "string" && typeof value !== "number")
    .map(([name, value]) => wrong(where, `${JSON.stringify(name)}: ${kindOf(value)}`, "text and numbers"));
  if (typeof goldenPath !== "string") findings.push(wrong(where, "no goldenPath", "the golden path that it is on"));
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 1) {
    findings.push(wrong(where, `the version ${JSON.stringify(version) ?? "nothing"}`, "a whole number from 1"));
  }
  if (findings.length > 0) throw new PavedError(findings);
  return { goldenPath: String(goldenPath), version: Number(version), values: values as Given };
}

/**
 * The answers that a record has to what a scaffold asks today: of a question that is new it is what is usual, and answers to
 * what is no longer asked are left out.
 * @param where the repository, named in the error
 * @throws PavedError PVD4005, all that is wrong or missing at once
 */
export function recordedAnswers({ values }: ScaffoldRecord, scaffold: Scaffold, where: string): Answers {
  try {
    return parseAnswers(scaffold, Object.fromEntries(scaffold.asks.map((name) => [name, answerIn(values, name)])));
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    const names = new Map(scaffold.asks.map((name) => [flagOf(name), name]));
    throw new PavedError(
      error.findings.map((finding) => {
        const name = names.get(finding.where) ?? finding.where;
        const fix = `write "${name}" into ${RECORD_FILE}, and commit it`;
        return { ...finding, where: `${where}/${RECORD_FILE}: ${name}`, fix };
      }),
    );
  }
}

/** A form hands over an empty line where nothing was said. */
function answerIn(values: Given, name: QuestionName): string | number | undefined {
  return values[name] === "" && ASKED[name].optional === true ? undefined : values[name];
}

function parsedObject(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PavedError(wrong(where, "text that is not JSON", "what a scaffold records"));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PavedError(wrong(where, kindOf(value), "an object"));
  }
  return value as Readonly<Record<string, unknown>>;
}

function kindOf(value: unknown): string {
  return Array.isArray(value)
    ? "a list"
    : value === null
      ? "null"
      : typeof value === "object"
        ? "an object"
        : shown(String(value));
}

function wrong(where: string, got: string, want: string): Finding {
  const fix = `bring back what its history has: git log -- ${RECORD_FILE}`;
  return { code: "PVD4101", where: `${where}/${RECORD_FILE}`, got, want, fix };
}
