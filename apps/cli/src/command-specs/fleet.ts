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
    name: "list",
    summary: "list services with owner, tier, golden path and environments",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved list", "paved list --env production"],
    load: async () => (await import("../commands")).listCommand,
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
