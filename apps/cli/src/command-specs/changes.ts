import type { CommandSpec } from "../command-spec";
import {
  BASE,
  BUNDLE,
  CHOICE,
  CONCURRENCY,
  HEAD,
  JSON_OUTPUT,
  LIVE,
  NO_CACHE,
  NO_SYNTH,
  STATE,
  SUMMARY,
  TODAY,
  YES,
} from "./options";

/** Commands that judge the fleet, or a change of it. */
export const CHANGE_COMMANDS: readonly CommandSpec[] = [
  {
    name: "check",
    summary: "hold the fleet against its guard-rails, its address lock and the terms of its deviations",
    description:
      "Every resource address is locked in environments/<name>/addresses. One that is gone needs a record of what became " +
      "of it: renamedFrom, retire or forget. Without one this fails, and says which record would fit. What the fleet permits " +
      "is written down in environments/<name>/permissions, and fails when it is something else. So does a deviation that " +
      "has expired, and a resource or manifest that breaks a guard-rail: paved explain <rule> says why.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--write", description: "write the lock files that are out of date" },
      TODAY,
      { flags: "--base <revision>", description: "nothing may vanish since this revision of Git, either" },
    ],
    examples: ["paved check", "paved check --write", "paved check --base origin/main"],
    load: async () => (await import("../commands")).checkCommand,
  },
  {
    name: "affected",
    summary: "say which stacks a change affects, why, and who depends on them",
    description:
      "Synthesizes two revisions and compares what comes out, so that nothing is missed and nothing is said in vain: files " +
      "only explain what differs. The same content is synthesized once. Without --head it is the working tree, as it is.",
    options: [BASE, HEAD, ...CHOICE, JSON_OUTPUT, NO_CACHE],
    examples: ["paved affected", "paved affected --base origin/main", "paved affected --base v1 --head v2 --json"],
    load: async () => (await import("../commands")).affectedCommand,
  },
  {
    name: "impact",
    summary: "say what a change does to the fleet: resources, data, permissions and cost",
    description:
      "Compares what two revisions synthesize to, by address: what is created, updated, replaced or destroyed, what is lost " +
      "with it, who may newly do what, and what it costs. Without a state, credentials or a plan. Secrets are masked.",
    options: [
      BASE,
      HEAD,
      ...CHOICE,
      JSON_OUTPUT,
      NO_CACHE,
      { flags: "--attributes", description: "say every attribute that differs" },
      {
        flags: "-f, --format <format>",
        description: "what to write; a table when nothing is said",
        choices: ["table", "markdown", "html"],
      },
      { flags: "-o, --output <file>", description: "write to a file, not to standard output" },
      SUMMARY,
    ],
    examples: [
      "paved impact",
      "paved impact --base origin/main --format markdown",
      "paved impact -f html -o impact.html",
    ],
    load: async () => (await import("../commands")).impactCommand,
  },
  {
    name: "validate-output",
    summary: "say whether an output that others synthesized is no more than data",
    description:
      "Reads what a pull request synthesized, as whoever plans it with credentials has to: as data that is not trusted. " +
      "Compares it with what the sources here synthesize. Providers, their versions and settings, the backend, the types of " +
      "resources and the charts with their versions must be ones that are here already; only values may be new.",
    arguments: [{ name: "<directory>", description: "where the output is, with paved.json in it" }],
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--use", description: "put it in the place of the last synth, for plan --no-synth" },
    ],
    examples: ["paved validate-output artefact", "paved validate-output artefact --use"],
    load: async () => (await import("../commands")).validateOutputCommand,
  },
  {
    name: "judge",
    summary: "let every judge look at the fleet: the guard-rails, checkov, and the schemas of what is delivered",
    description:
      "Rehearses the fleet, then has its plans judged by checkov, its manifests by checkov and by the schemas of their own " +
      "projects, and both by the guard-rails. Judges are installed on first use, a minute or two; they judge offline.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--write", description: "write docs/guardrails.md and the page of every guard-rail" },
      TODAY,
    ],
    examples: ["paved judge", "paved judge --write"],
    load: async () => (await import("../commands")).judgeCommand,
  },
  {
    name: "pipeline pull-request",
    summary: "run the stages that a pull request goes through, without credentials",
    description:
      "Synthesizes, checks, and says what the change affects and does, as the workflow of pull requests does; each stage is a " +
      "command of its own. The first stage that fails is the last.",
    options: [
      BASE,
      JSON_OUTPUT,
      TODAY,
      { flags: "--comment <file>", description: "write the impact as Markdown, for a comment" },
      SUMMARY,
      { flags: BUNDLE, description: "plan too, in the sandbox, and keep the plans in a new directory" },
      ...CHOICE,
      STATE,
    ],
    examples: [
      "paved pipeline pull-request",
      "paved pipeline pull-request --base origin/main --comment impact.md",
      "paved pipeline pull-request --base origin/main --env dev --bundle .paved/bundle",
    ],
    isEvent: true,
    load: async () => (await import("../commands")).pullRequestCommand,
  },
  {
    name: "pipeline apply",
    summary: "run the stages that what was merged goes through",
    description:
      "Applies, with --bundle the plans that were reviewed, then looks for what is not as it was applied: in the sandbox, or " +
      "with --live for real. The first stage that fails is the last.",
    options: [
      ...CHOICE,
      JSON_OUTPUT,
      CONCURRENCY,
      LIVE,
      STATE,
      YES,
      { flags: BUNDLE, description: "apply the plans of a bundle, and nothing else" },
      SUMMARY,
      TODAY,
    ],
    examples: ["paved pipeline apply --env dev", "paved pipeline apply --bundle .paved/bundle"],
    isEvent: true,
    load: async () => (await import("../commands")).pipelineApplyCommand,
  },
];
