import { Script } from "node:vm";
import { ENVIRONMENT_NAME, type EnvironmentEntry, lasts } from "@paved/model";
import { isNetworkRange, nextFree, overlapping } from "./ranges";

/** What is asked of somebody who wants an environment; `owner` and `days` of an ephemeral one alone. */
export type EnvironmentQuestion =
  "name" | "account" | "after" | "like" | "region" | "cidr" | "domain" | "owner" | "days";

/** Answers by question, as far as there are any. */
export type Given = Readonly<Partial<Record<EnvironmentQuestion, string>>>;

/** What an answer is held against. */
export interface Known {
  /** Answers to the questions before, with what is usual filled in. */
  readonly given: Given;
  /** The environments that there are beside the new one, in their order. */
  readonly others: readonly EnvironmentEntry[];
}

/** One question: the prompt, the flag and the documentation are made from it. */
export interface Question {
  readonly title: string;
  /** What it is for, in a sentence without a full stop. */
  readonly help: string;
  /** What would be right, in words. */
  readonly want: string;
  readonly example: string;
  /** What it is when nothing is said. @default - it has to be said */
  readonly usual?: { readonly of: (known: Known) => string | undefined; readonly words: string };
  /** What is wrong with an answer: words beside `want`, empty where that says it. @returns nothing when it is right */
  readonly fault: (answer: string, known: Known) => string | undefined;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** Folders beside those of environments. */
const FOLDERS = ["dist", "src", "test"];

/** Days that an ephemeral environment has at most: who needs it longer has its end moved, which a review sees. */
const MOST_DAYS = 90;

/** Every question, in the order in which they are asked. */
export const ENVIRONMENT_QUESTIONS: Readonly<Record<EnvironmentQuestion, Question>> = {
  name: {
    title: "Name",
    help: "name of the environment, its data file and its stacks",
    want: "lower-case letters and digits, starting with a letter, at most 20, and no word of TypeScript",
    example: "preview",
    fault: (name) => unless(ENVIRONMENT_NAME.test(name) && !FOLDERS.includes(name) && isIdentifier(name)),
  },
  account: {
    title: "Account",
    help: "AWS account that is its own",
    want: "twelve digits, of an account that no other environment has",
    example: "444444444444",
    fault: (account, { others }) => {
      const other = others.find((each) => each.account === account);
      return other === undefined ? unless(/^\d{12}$/.test(account)) : `it is ${other.name}'s`;
    },
  },
  after: {
    title: "After",
    help: "the environment that it follows in the order of promotion, and whose images it begins with",
    want: "an environment that lasts",
    example: "dev",
    fault: unlessLasting,
  },
  like: {
    title: "Like",
    help: "the environment that it is like in all that is not asked",
    want: "an environment that lasts",
    example: "dev",
    usual: { of: ({ given }) => given.after, words: "the one that it follows" },
    fault: unlessLasting,
  },
  region: {
    title: "Region",
    help: "AWS region",
    want: "a region such as eu-west-1",
    example: "eu-central-1",
    usual: { of: (known) => entryLike(known)?.region, words: "that of the one that it is like" },
    fault: (region) => unless(REGION.test(region)),
  },
  cidr: {
    title: "IPv4 range",
    help: "range of its network",
    want: "a range of private addresses from a /16 to a /20 that nothing else has",
    example: "10.40.0.0/16",
    usual: { of: nextRange, words: "the next that is free" },
    fault: (cidr, known) => {
      if (!isNetworkRange(cidr)) return unless(false);
      const taken = overlapping(cidr, takenRanges(known));
      return taken.length === 0 ? undefined : `it has addresses of ${[...new Set(taken)].join(", ")}`;
    },
  },
  domain: {
    title: "Domain",
    help: "DNS name below which its services are reached",
    want: "a DNS name that no other environment has",
    example: "preview.example.com",
    usual: {
      of: ({ given, others }) => (given.name === undefined ? undefined : `${given.name}.${others.at(-1)!.domain}`),
      words: "its name, below the domain of the last environment",
    },
    fault: (domain, { others }) => {
      const other = others.find((each) => each.domain === domain);
      return other === undefined ? unless(DOMAIN.test(domain) && domain.length < 254) : `it is ${other.name}'s`;
    },
  },
  owner: {
    title: "Owner",
    help: "the team that answers for an ephemeral environment",
    want: "a team: lower-case letters, digits and hyphens",
    example: "commerce",
    fault: (owner) => unless(/^[a-z][a-z0-9-]*$/.test(owner)),
  },
  days: {
    title: "Days",
    help: "days that an ephemeral environment has, from today on",
    want: `a whole number from 1 to ${MOST_DAYS}`,
    example: "7",
    fault: (days) => unless(/^[1-9]\d?$/.test(days) && Number(days) <= MOST_DAYS),
  },
};

/** Questions that are asked of an ephemeral environment alone. */
export const OF_EPHEMERAL: readonly EnvironmentQuestion[] = ["owner", "days"];

/** The environment that the new one is like. */
export function entryLike({ given, others }: Known): EnvironmentEntry | undefined {
  return others.find(({ name }) => name === given.like);
}

/** Ranges that a new network may have nothing of: those of the others, and those that people come from. */
function takenRanges({ others }: Known): readonly string[] {
  return others.flatMap(({ cidr, apiFrom }) => [cidr, ...apiFrom]);
}

function nextRange(known: Known): string | undefined {
  const last = known.others
    .map(({ cidr }) => cidr)
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  return last === undefined ? undefined : nextFree(last, takenRanges(known));
}

/** In its file it is the name of a constant. */
function isIdentifier(name: string): boolean {
  try {
    new Script(`"use strict"; const ${name} = 0;`);
    return true;
  } catch {
    return false;
  }
}

function unless(isRight: boolean): string | undefined {
  return isRight ? undefined : "";
}

/** Out of an ephemeral environment nothing comes: no order, no data, no image. */
function unlessLasting(name: string, { others }: Known): string | undefined {
  const lasting = others.filter(lasts).map((each) => each.name);
  return lasting.includes(name) ? undefined : `there are ${lasting.join(", ")}`;
}
