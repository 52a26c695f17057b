import { type EnvironmentEntry, type Finding, lasts, PavedError, shown } from "@paved/model";
import { type EnvironmentAnswers, flagOf } from "@paved/scaffold";
import {
  entryLike,
  ENVIRONMENT_QUESTIONS,
  type EnvironmentQuestion,
  type Given,
  type Known,
  OF_EPHEMERAL,
} from "./questions";

/** What was said of a new environment, on the command line or when asked. */
export interface Said {
  readonly given: Given;
  readonly isEphemeral: boolean;
}

/** A new environment, as it was answered. */
export interface AnsweredEnvironment extends EnvironmentAnswers {
  /** The environment that it follows in the order of promotion. */
  readonly after: string;
  /** Every answer by question, with what is usual filled in. */
  readonly said: Given;
  readonly protected: boolean;
  readonly approvals: number;
}

/** What is wrong with one answer, or with none. @returns nothing when it is right */
export function faultOf(name: EnvironmentQuestion, answer: string | undefined, known: Known): Finding | undefined {
  const { want, example, fault } = ENVIRONMENT_QUESTIONS[name];
  const where = flagOf(name);
  const fix = `say it, for example ${where} ${example}`;
  if (answer === undefined) return { code: "PVD4005", where, got: "nothing", want, fix };
  const wrong = fault(answer, known);
  if (wrong === undefined) return undefined;
  return { code: "PVD4005", where, got: shown(answer), want: [want, wrong].filter(Boolean).join(": "), fix };
}

/** What is asked, in order. */
export function questionsOf({ isEphemeral }: Said): readonly EnvironmentQuestion[] {
  const all = Object.keys(ENVIRONMENT_QUESTIONS) as EnvironmentQuestion[];
  return isEphemeral ? all : all.filter((name) => !OF_EPHEMERAL.includes(name));
}

/**
 * Checks answers, and fills in what is usual.
 * @param environments those that there are; one of the new one's name is not held against it, so that the same can be said twice
 * @param today day that the days of an ephemeral one are counted from, as `YYYY-MM-DD`
 * @throws PavedError PVD4005, all that is wrong at once
 */
export function parseAnswers(
  said: Said,
  environments: readonly EnvironmentEntry[],
  today: string,
): AnsweredEnvironment {
  const others = environments.filter(({ name }) => name !== said.given.name);
  const answers: Partial<Record<EnvironmentQuestion, string>> = {};
  const findings: Finding[] = unasked(said);
  for (const name of questionsOf(said)) {
    const known = { given: answers, others };
    const { usual } = ENVIRONMENT_QUESTIONS[name];
    const answer = said.given[name] ?? usual?.of(known);
    const fault = faultOf(name, answer, known);
    if (fault === undefined) answers[name] = answer!;
    // What is usual comes from an answer before, whose fault it is.
    else if (said.given[name] !== undefined || usual === undefined || findings.length === 0) findings.push(fault);
  }
  const known = { given: answers, others };
  const misplaced = placeFault(known, said);
  if (misplaced !== undefined) findings.push(misplaced);
  if (findings.length > 0) throw new PavedError(findings);
  return answered(known, said, today);
}

function unasked({ given, isEphemeral }: Said): Finding[] {
  if (isEphemeral) return [];
  return OF_EPHEMERAL.flatMap((name) => {
    const answer = given[name];
    if (answer === undefined) return [];
    const want = "an answer that only an ephemeral environment has";
    return [
      { code: "PVD4005", where: flagOf(name), got: shown(answer), want, fix: "add --ephemeral, or leave it out" },
    ];
  });
}

/** The last environment is protected, or no data would outlive a mistake. */
function placeFault(known: Known, { isEphemeral }: Said): Finding | undefined {
  const { after } = known.given;
  const like = entryLike(known);
  if (after === undefined || like === undefined || after !== known.others.at(-1)?.name) return undefined;
  if (like.protected && !isEphemeral) return undefined;
  const earlier = known.others
    .slice(0, -1)
    .filter(lasts)
    .map((each) => each.name);
  return {
    code: "PVD4005",
    where: "--after",
    got: `${after}, which is the last, for an environment that is not protected`,
    want: "a protected environment as the last",
    fix: earlier.length === 0 ? "make it --like a protected one" : `say --after ${earlier.join(" or ")}`,
  };
}

function answered(known: Known, { isEphemeral }: Said, today: string): AnsweredEnvironment {
  const said = known.given as Readonly<Record<EnvironmentQuestion, string>>;
  const like = entryLike(known)!;
  const { name, account, after, region, cidr, domain, owner, days } = said;
  return {
    name,
    account,
    after,
    like: like.name,
    region,
    cidr,
    domain,
    said,
    apiFrom: [cidr, ...like.apiFrom.filter((range) => range !== like.cidr)],
    isInSameRegion: region === like.region,
    protected: like.protected && !isEphemeral,
    approvals: isEphemeral ? 0 : like.approvals,
    ...(isEphemeral && { ephemeral: { owner, expires: dayAfter(today, Number(days)) } }),
  };
}

function dayAfter(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
