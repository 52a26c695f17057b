import type { OptionSpec } from "../command-spec";

// Options that several commands have, in one form each.
export const ENV: OptionSpec = { flags: "-e, --env <name>", description: "only this environment", repeatable: true };
export const SERVICE: OptionSpec = {
  flags: "-s, --service <name>",
  description: "only this service",
  repeatable: true,
};
export const JSON_OUTPUT: OptionSpec = { flags: "--json", description: "print one JSON document" };
export const LIVE: OptionSpec = { flags: "--live", description: "use the cloud and your credentials, not the sandbox" };
export const STATE: OptionSpec = {
  flags: "--state <where>",
  description:
    "where the sandbox keeps states: local files, or an S3 of its own with locks and encryption as in production",
  choices: ["file", "s3"],
};
export const YES: OptionSpec = { flags: "-y, --yes", description: "do not ask" };
export const NO_SYNTH: OptionSpec = { flags: "--no-synth", description: "use what the last synth wrote" };
export const CONCURRENCY: OptionSpec = { flags: "--concurrency <stacks>", description: "stacks at once", default: "2" };
export const TODAY: OptionSpec = {
  flags: "--today <day>",
  description: "the day that expiry is judged by, YYYY-MM-DD",
};
export const BASE: OptionSpec = {
  flags: "--base <revision>",
  description: "revision of Git before the change",
  default: "HEAD",
};
export const SUMMARY: OptionSpec = {
  flags: "--summary",
  description: "append it as Markdown to the summary of GitHub's step, whose file GITHUB_STEP_SUMMARY names",
};
export const BUNDLE = "--bundle <directory>";
export const TEAM: OptionSpec = { flags: "--team <name>", description: "only services of this team", repeatable: true };
export const GOLDEN_PATH: OptionSpec = {
  flags: "--golden-path <name>",
  description: "only services on this golden path, with or without its version",
  repeatable: true,
};
export const BY: OptionSpec = {
  flags: "--by <what>",
  description: "count by this alone",
  choices: ["team", "service", "environment", "golden-path"],
};
export const REPORT_FORMAT: OptionSpec = {
  flags: "-f, --format <format>",
  description: "what to write; a table when nothing is said",
  choices: ["table", "json", "openmetrics"],
};
export const HISTORY: OptionSpec = {
  flags: "--history <commits>",
  description: "what it was at the last so many commits that changed it",
};
export const HEAD: OptionSpec = { flags: "--head <revision>", description: "revision after it, not the working tree" };
export const NO_CACHE: OptionSpec = {
  flags: "--no-cache",
  description: "synthesize anew, whatever was synthesized before",
};
export const NO_LOCK: OptionSpec = { flags: "--no-lock", description: "take no lock, for whoever may only look" };
/** Which stacks. */
export const CHOICE = [ENV, SERVICE];
/** What reports on services take. */
export const REPORT = [...CHOICE, TEAM, GOLDEN_PATH, BY, REPORT_FORMAT, HISTORY, JSON_OUTPUT, NO_SYNTH];
/** What runs of stacks take. */
export const RUN = [...CHOICE, JSON_OUTPUT, CONCURRENCY, NO_SYNTH];
