import type { CommandSpec } from "../command-spec";
import { CHOICE, JSON_OUTPUT, NO_SYNTH, REPORT, TODAY } from "./options";

/** Commands that say what there is. */
export const FLEET_COMMANDS: readonly CommandSpec[] = [
  {
    name: "deviations",
    summary: "list where services leave their golden paths, why and until when",
    description:
      "Lists every deviation with its terms, or counts them. What there was at every commit is in Git, as " +
      "environments/adoption.txt, which paved check --write keeps. Fails when one has expired, in whatever format.",
    options: [...REPORT, TODAY],
    examples: [
      "paved deviations",
      "paved deviations --env production --format openmetrics",
      "paved deviations --history 10 --by team",
    ],
    load: async () => (await import("../commands")).deviationsCommand,
  },
  {
    name: "adoption",
    summary: "count how much of the services golden paths made",
    description:
      "Counts the resources of every service by who made them: by team, service, environment and golden path version. What " +
      "it was at every commit is in Git, as environments/adoption.txt, which paved check --write keeps.",
    options: REPORT,
    examples: [
      "paved adoption",
      "paved adoption --format openmetrics",
      "paved adoption --history 10 --golden-path node-api --by team",
    ],
    load: async () => (await import("../commands")).adoptionCommand,
  },
  {
    name: "metrics",
    summary: "count what the platform does for its users, and draw how it went",
    description:
      "Time to first deployment, golden-path adoption, mean time to environment, platform tickets a week, change-failure " +
      "rate and deviation rate, of the last weeks and of each. Counted from the event log that commands write to " +
      ".paved/events.jsonl, from the construct tree, from Git, and from exports of tickets. What each is and cannot see is " +
      "in docs/metrics.md, and printed with --definitions.",
    options: [
      { flags: "--weeks <count>", description: "weeks to count, of which the last is going on", default: "12" },
      { flags: "--until <day>", description: "the day that they end with, YYYY-MM-DD; without it they end now" },
      { flags: "--live", description: "count what was done in the cloud, not in the sandbox" },
      { flags: "--to <environment>", description: "environment of a service's first deployment", default: "staging" },
      { flags: "--log <file>", description: "count the events of this file too", repeatable: true },
      {
        flags: "--tickets <file>",
        description: "export of tickets: issues of GitHub as JSON, or CSV",
        repeatable: true,
      },
      { flags: "--label <name>", description: "label of platform tickets; without it platform", repeatable: true },
      {
        flags: "-f, --format <format>",
        description: "what to write; a table when nothing is said",
        choices: ["table", "json", "openmetrics", "svg", "grafana"],
      },
      { flags: "-o, --output <file>", description: "write to a file, not to standard output" },
      { flags: "--definitions", description: "say what each figure is, where it comes from and what it cannot see" },
      JSON_OUTPUT,
      NO_SYNTH,
    ],
    examples: [
      "paved metrics",
      "paved metrics --live --weeks 26 --tickets issues.json --label platform",
      "paved metrics --format svg --output metrics.svg",
      "paved metrics --format grafana --output dashboard.json",
    ],
    load: async () => (await import("../commands")).metricsCommand,
  },
  {
    name: "list",
    summary: "list services with owner, tier, golden path and environments",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved list", "paved list --env production"],
    load: async () => (await import("../commands")).listCommand,
  },
  {
    name: "fleet",
    summary: "list which version of its scaffold each service's repository is on",
    description:
      "Reads the repositories that are checked out beside this one, or in the folders of --from: each records which scaffold " +
      "made it, in which version. Says what the versions brought that a repository does not have; paved upgrade-service takes " +
      "them over. Services made by hand, and those whose repository was not found, are listed as such.",
    options: [
      { flags: "--from <directory>", description: "folder with the repositories of services in it", repeatable: true },
      JSON_OUTPUT,
      NO_SYNTH,
    ],
    examples: ["paved fleet", "paved fleet --from ~/checkouts", "paved fleet --from ~/checkouts --json"],
    load: async () => (await import("../commands")).fleetCommand,
  },
  {
    name: "golden-paths",
    summary: "list the golden paths; with --json, with the schema of their options",
    description:
      "Lists every golden path with the services on it. With --json each has the JSON Schema of its options, for forms and " +
      "other tools. --write writes what README.md and docs/golden-paths/README.md say of them.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--write", description: "write the parts of the documents that say which golden paths there are" },
    ],
    examples: ["paved golden-paths", "paved golden-paths --json", "paved golden-paths --write"],
    load: async () => (await import("../commands")).goldenPathsCommand,
  },
  {
    name: "graph",
    summary: "draw stacks and the contracts between them",
    description: "Draws the chosen stacks, what they depend on, and the contracts between them.",
    options: [
      ...CHOICE,
      NO_SYNTH,
      {
        flags: "-f, --format <format>",
        description: "what to write",
        choices: ["mermaid", "dot", "svg", "json"],
        default: "mermaid",
      },
      { flags: "-o, --output <file>", description: "write to a file, not to standard output" },
    ],
    examples: ["paved graph --env dev", "paved graph --format svg --output stacks.svg"],
    load: async () => (await import("../commands")).graphCommand,
  },
  {
    name: "explain",
    summary: "say where an address comes from, or what an error code means",
    description:
      "Explains a resource address (construct path, golden path, file and line, owner, on-call), a stack, a service, or " +
      "an error code. <stack>:<address> names one stack's resource.",
    arguments: [{ name: "<subject>", description: "an address, stack, service or error code" }],
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved explain dev-network:aws_vpc.network", "paved explain orders", "paved explain PVD1003"],
    load: async () => (await import("../commands")).explainCommand,
  },
];
