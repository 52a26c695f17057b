import { didYouMean, type Finding, isReservedName, PavedError, shown } from "@paved/model";
import Ajv from "ajv";
import { flagOf } from "./question";
import { type Answers, ASKED, type QuestionName } from "./questions";
import { renderText } from "./renderer";
import { type Scaffold, SCAFFOLDS } from "./scaffolds";

/** Answers as they come from a command line, a form or a file, before they are checked. */
export type Given = Readonly<Record<string, string | number | undefined>>;

const ajv = new Ajv({ strict: true });

/**
 * The scaffold of a golden path.
 * @throws PavedError PVD4005 when there is none
 */
export function scaffoldNamed(name: string | undefined): Scaffold {
  const found = SCAFFOLDS.find((scaffold) => scaffold.name === name);
  if (found !== undefined) return found;
  const names = SCAFFOLDS.map((scaffold) => scaffold.name);
  const fix = name === undefined ? `say one of ${names.join(", ")}` : didYouMean(name, names);
  const got = shown(name);
  throw new PavedError({ code: "PVD4005", where: "--golden-path", got, want: "a golden path with a scaffold", fix });
}

/**
 * What is wrong with one answer, or with no answer. Whatever `given` has beside is not looked at.
 * @returns nothing when it is right
 */
export function faultOf(name: QuestionName, value: string | number | undefined): Finding | undefined {
  const { schema, want, example, optional = false } = ASKED[name];
  const where = flagOf(name);
  if (value === undefined) {
    return optional
      ? undefined
      : { code: "PVD4005", where, got: "nothing", want, fix: `say it, for example ${where} ${example}` };
  }
  const reserved = name === "name" && typeof value === "string" && isReservedName(value);
  if (!reserved && ajv.validate(schema, value)) return undefined;
  return {
    code: "PVD4005",
    where,
    got: shown(value),
    want: reserved ? "a name that neither Kubernetes nor the platform has for itself" : want,
    fix: `write for example ${where} ${reserved ? "orders" : example}`,
  };
}

/** What an answer is when nothing is said, as far as the answers before it tell. @returns nothing when it has to be said */
export function usualAnswer(name: QuestionName, given: Given): string | number | undefined {
  const { usual } = ASKED[name];
  if (typeof usual !== "object") return usual;
  return renderText(`\${{ ${usual.expression} }}`, { parameters: given });
}

/** An answer in the sort that its question asks for; what is no number stays text, which {@link faultOf} refuses. */
export function typed(name: QuestionName, value: string | number | undefined): string | number | undefined {
  if (ASKED[name].schema.type !== "integer" || typeof value !== "string") return value;
  return /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/**
 * Checks answers, and fills in what is usual.
 * @throws PavedError PVD4005, all that is wrong at once
 */
export function parseAnswers(scaffold: Scaffold, given: Given): Answers {
  const answers: Record<string, string | number> = {};
  const findings: Finding[] = unasked(scaffold, given);
  for (const name of scaffold.asks) {
    const value = typed(name, given[name]) ?? usualAnswer(name, answers);
    const fault = faultOf(name, value);
    if (fault !== undefined) findings.push(fault);
    if (value !== undefined) answers[name] = value;
  }
  if (findings.length > 0) throw new PavedError(findings.filter((fault) => !isOfMissing(fault, given, findings)));
  return answers as unknown as Answers;
}

/** A usual answer that comes from one that is missing or wrong is no fault of its own. */
function isOfMissing({ where }: Finding, given: Given, findings: readonly Finding[]): boolean {
  const [name] = Object.entries(ASKED).find(([each]) => flagOf(each) === where) ?? [];
  if (name === undefined || given[name] !== undefined || findings.length === 1) return false;
  return typeof ASKED[name as QuestionName].usual === "object";
}

function unasked(scaffold: Scaffold, given: Given): Finding[] {
  return Object.entries(given)
    .filter(([name, value]) => value !== undefined && !(scaffold.asks as readonly string[]).includes(name))
    .map(([name, value]) => ({
      code: "PVD4005",
      where: flagOf(name),
      got: shown(value),
      want: `answers to what ${scaffold.name} asks: ${scaffold.asks.map(flagOf).join(", ")}`,
      fix: "leave it out",
    }));
}
