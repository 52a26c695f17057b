import { SIZES } from "@paved/model";
import type { AnswerTo, Question } from "./question";

const TEAM = "^[a-z][a-z0-9-]*$";

/** Every question that a scaffold may ask, in the order in which they are asked. */
export const QUESTIONS = {
  name: {
    title: "Name",
    help: "name of the service, its namespace, its file and its repository",
    schema: { type: "string", pattern: "^[a-z]([a-z0-9-]*[a-z0-9])?$", maxLength: 50 },
    want: "lower-case letters, digits and hyphens, starting with a letter, at most 50",
    example: "orders",
  },
  owner: {
    title: "Owner",
    help: "the team that owns it, as environments know it",
    schema: { type: "string", pattern: TEAM, maxLength: 50 },
    want: "a team: lower-case letters, digits and hyphens",
    example: "commerce",
  },
  organisation: {
    title: "Organisation",
    help: "the organisation on GitHub that its own repository is in, under the service's name",
    schema: { type: "string", pattern: "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", maxLength: 39 },
    want: "an organisation on GitHub: letters, digits and hyphens, at most 39",
    example: "example",
  },
  tier: {
    title: "Tier",
    help: "1: the business stops without it, 2: a part of it degrades, 3: internal; how loud its alerts are",
    schema: { type: "integer", minimum: 1, maximum: 3 },
    want: "1, 2 or 3",
    example: "2",
    usual: 3,
  },
  onCall: {
    title: "On-call rotation",
    help: "the rotation that alerts go to, as environments know it",
    schema: { type: "string", pattern: TEAM, maxLength: 80 },
    want: "a rotation: lower-case letters, digits and hyphens",
    example: "commerce-primary",
    usual: { expression: 'parameters.owner + "-primary"', words: "`<owner>-primary`" },
  },
  description: {
    title: "Description",
    help: "what it is for, in a sentence",
    schema: { type: "string", pattern: '^[^\\p{C}\\p{Zl}\\p{Zp}"\\\\`$]+$', minLength: 1, maxLength: 90 },
    want: 'one line of at most 90 characters, without " \\ ` and $',
    example: "Takes orders and keeps them",
    usual: { expression: 'parameters.name + " of " + parameters.owner', words: "`<name> of <owner>`" },
  },
  size: {
    title: "Size",
    help: "CPU and memory of each pod; the environment says how much that is",
    schema: { type: "string", enum: SIZES },
    want: "small, medium or large",
    example: "medium",
    usual: "small",
  },
  database: {
    title: "Database",
    help: "a PostgreSQL database of its own; the environment says how much a size is",
    schema: { type: "string", enum: ["none", ...SIZES] },
    want: "none, small, medium or large",
    example: "small",
    usual: "none",
  },
  cache: {
    title: "Cache",
    help: "a Valkey cache of its own; the environment says how much a size is",
    schema: { type: "string", enum: ["none", ...SIZES] },
    want: "none, small, medium or large",
    example: "small",
    usual: "none",
  },
  exposeAt: {
    title: "Path on the internet",
    help: "path below the environment's domain that it is reached at from the internet",
    schema: { type: "string", pattern: "^(/[a-z0-9][a-z0-9-]*)+$", maxLength: 200 },
    want: "a path such as /orders or /orders/v2",
    example: "/orders",
    optional: true,
  },
  visibilitySeconds: {
    title: "Seconds for a message",
    help: "seconds that a message is hidden from other pods while one handles it",
    schema: { type: "integer", minimum: 30, maximum: 850 },
    want: "a whole number from 30 to 850",
    example: "120",
    usual: 60,
  },
  attempts: {
    title: "Attempts",
    help: "how often a message is tried before it goes to the dead letters",
    schema: { type: "integer", minimum: 1, maximum: 1000 },
    want: "a whole number from 1 to 1000",
    example: "3",
    usual: 5,
  },
  host: {
    title: "Host",
    help: "name below the environment's domain that it is reached at",
    schema: { type: "string", pattern: "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$" },
    want: "one name such as shop, which no other site has",
    example: "shop",
    usual: { expression: 'parameters.name or ""', words: "`<name>`" },
  },
} as const satisfies Readonly<Record<string, Question>>;

/** Name of a question. */
export type QuestionName = keyof typeof QUESTIONS;

type Questions = typeof QUESTIONS;

/** What was answered; questions that are optional, or that the scaffold does not ask, may have no answer. */
export type Answers = {
  readonly [Name in Exclude<QuestionName, Unsure>]: AnswerTo<Questions[Name]>;
} & { readonly [Name in Unsure]?: AnswerTo<Questions[Name]> };

type Unsure = "size" | "database" | "cache" | "exposeAt" | "visibilitySeconds" | "attempts" | "host";

/** Every question by name, as what all have in common. */
export const ASKED: Readonly<Record<QuestionName, Question>> = QUESTIONS;
