import { DELIVERERS } from "@paved/model";
import type { CommandSpec } from "../command-spec";
import { CHOICE, JSON_OUTPUT, NO_SYNTH } from "./options";

/** Commands on this machine: what is installed, and the sandbox. */
export const MACHINE_COMMANDS: readonly CommandSpec[] = [
  {
    name: "lock",
    summary: "write down the hash of every provider's package, for every platform",
    description:
      "Has OpenTofu fetch every provider of the fleet for each platform, and writes engine/providers.lock.hcl. With it a run " +
      "with --live takes these very packages, or fails. Needs the providers' registry, or a mirror of it on disk.",
    options: [
      JSON_OUTPUT,
      NO_SYNTH,
      { flags: "--mirror <directory>", description: "take packages from there, as tofu providers mirror wrote them" },
      { flags: "--check", description: "only say whether all is locked; asks nobody" },
    ],
    examples: ["paved lock", "paved lock --mirror providers", "paved lock --check"],
    load: async () => (await import("../commands")).lockCommand,
  },
  {
    name: "setup",
    summary: "find OpenTofu, or build the pinned one",
    description:
      "Finds OpenTofu or builds the pinned version with Go, once. Every command that needs it does so by itself. What control " +
      "planes run is built by paved sandbox up, or here, which takes some minutes; what copies images by paved copy-images, or here.",
    options: [
      JSON_OUTPUT,
      { flags: "--control-plane", description: "build what control planes run, not OpenTofu" },
      {
        flags: "--delivery [what]",
        description:
          "build what control planes run, Helm, and what delivers to them: Argo CD when nothing else is said",
        choices: DELIVERERS,
      },
      { flags: "--images", description: "build what copies images, not OpenTofu" },
      { flags: "--check", description: "with --control-plane or --delivery: only say what is not built yet" },
    ],
    examples: [
      "paved setup",
      "paved setup --control-plane",
      "paved setup --delivery",
      "paved setup --images",
      "paved setup --control-plane --check",
    ],
    load: async () => (await import("../commands")).setupCommand,
  },
  {
    name: "doctor",
    summary: "say what this machine is missing, and how to install it",
    options: [JSON_OUTPUT],
    examples: ["paved doctor"],
    load: async () => (await import("../commands")).doctorCommand,
  },
  {
    name: "sandbox objects",
    summary: "list what was applied to the sandbox",
    options: [...CHOICE, JSON_OUTPUT, NO_SYNTH],
    examples: ["paved sandbox objects --env dev"],
    load: async () => (await import("../commands")).objectsCommand,
  },
  {
    name: "sandbox drift",
    summary: "change an applied object behind OpenTofu's back",
    description: "Sets an attribute of an applied object, as somebody in a console would. The next plan finds it.",
    arguments: [
      { name: "<address>", description: "a resource address, or <stack>:<address>" },
      { name: "<attribute>", description: "the attribute to set" },
      { name: "<value>", description: "the new value, read as the attribute's type" },
    ],
    options: [...CHOICE, JSON_OUTPUT],
    examples: ["paved sandbox drift dev-network:aws_vpc.network enable_dns_support false"],
    load: async () => (await import("../commands")).driftCommand,
  },
  {
    name: "sandbox reset",
    summary: "empty the sandbox: its objects, its states and its control planes",
    description:
      "Empties the sandbox: its objects, its local states, and its S3 and its control planes, which are stopped.",
    options: [JSON_OUTPUT],
    examples: ["paved sandbox reset"],
    load: async () => (await import("../commands")).resetCommand,
  },
];
